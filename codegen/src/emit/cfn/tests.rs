//! What must hold of any template that the emitter makes.

use super::parameters::names_in;
use super::template;
use super::template::Template;
use crate::emit::sample;

/// Every name that anything in the template refers to.
fn names_used(template: &Template) -> Vec<String> {
    let mut names = Vec::new();
    for resource in template.resources() {
        names.extend(resource.condition.map(str::to_owned));
        resource.properties.iter().for_each(|(_, value)| names_in(value, &mut names));
    }
    for part in [&template.conditions, &template.outputs] {
        part.iter().for_each(|(_, value)| names_in(value, &mut names));
    }
    names
}

#[test]
fn every_reference_leads_somewhere() {
    let template = template(&sample::system());
    let names = names_used(&template);
    assert!(names.len() > 100, "the walk finds references");
    for name in names.iter().filter(|name| !name.starts_with("AWS::")) {
        let known = template.resources().any(|resource| resource.id == *name)
            || template.parameters.get(name).is_some()
            || template.conditions.get(name).is_some();
        assert!(known, "`{name}` is nowhere");
    }
}

#[test]
fn every_parameter_and_condition_is_used() {
    let template = template(&sample::system());
    let names = names_used(&template);
    for (name, _) in template.parameters.iter().chain(template.conditions.iter()) {
        assert!(names.iter().any(|used| used == name), "nothing uses `{name}`");
    }
}
