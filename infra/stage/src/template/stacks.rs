//! Several templates on one stage: each is a stack of its own, which may import what the stacks before it export.
//!
//! The first stack has the stage's name. A further one has that name with the name of its template behind it, so what it
//! creates is named apart: `local-billing-Queue`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::assets::templates_at;
use super::error::TemplateError;
use super::plan::{Api, Plan};
use super::{Surroundings, Template};

/// Templates that were read, each with the name of its stack.
#[derive(Debug, Clone)]
pub(crate) struct Stacks(Vec<(String, Template)>);

impl Stacks {
    /// Reads templates, or the folders that `cdk synth` wrote, with a stack after those that it depends on.
    ///
    /// # Errors
    /// As [`Template::read`].
    pub(crate) fn read(
        paths: impl IntoIterator<Item = impl AsRef<Path>>,
        stack: &str,
    ) -> Result<Self, TemplateError> {
        let mut stacks: Vec<(String, Template)> = Vec::new();
        for path in paths {
            for path in templates_at(path.as_ref())? {
                let name = match stacks.len() {
                    0 => stack.to_owned(),
                    _ => apart(&format!("{stack}-{}", label(&path)), &stacks),
                };
                stacks.push((name, Template::of_file(&path)?));
            }
        }
        Ok(Self(stacks))
    }

    /// The binaries that the functions run; `None` if a function names none.
    pub(crate) fn binaries(&self) -> Option<BTreeSet<String>> {
        let each = self.0.iter().map(|(_, template)| template.binaries());
        each.collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
    }

    /// What all of them ask for. A value of a parameter goes to every template that has the parameter.
    ///
    /// # Errors
    /// As [`Template::plan`]; two stacks that both create something of one name.
    pub(crate) fn plan(
        &self,
        overrides: &BTreeMap<String, String>,
        surroundings: &Surroundings,
    ) -> Result<Plan, TemplateError> {
        let mut whole = Plan::default();
        let is_known = |name: &str| self.0.iter().any(|(_, one)| one.parameters.contains_key(name));
        for (index, (stack, template)) in self.0.iter().enumerate() {
            // What no template has is told of once.
            let is_own = |name: &str| {
                template.parameters.contains_key(name) || (index == 0 && !is_known(name))
            };
            let own = overrides.iter().filter(|(name, _)| is_own(name));
            let own = own.map(|(name, value)| (name.clone(), value.clone())).collect();
            let mut around = Surroundings {
                stack: stack.clone(),
                exports: whole.exports.clone(),
                ..surroundings.clone()
            };
            around.stored.extend(whole.stored.clone());
            let plan = template.plan_beside(&whole, &own, &around)?;
            whole.join(plan);
        }
        whole.apis.sort_by_key(Api::is_function_url);
        Ok(whole)
    }
}

/// What a template is called: its file, or its folder where every template is called `template`.
fn label(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let file = name(path).unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let folder = || std::path::absolute(path).ok().and_then(|path| name(path.parent()?));
    let label = match stem {
        "template" => folder().unwrap_or_else(|| stem.to_owned()),
        stem => stem.to_owned(),
    };
    label.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// The name, with a number where a stack has it already.
fn apart(name: &str, stacks: &[(String, Template)]) -> String {
    let is_free = |name: &String| stacks.iter().all(|(other, _)| other != name);
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    const DATA: &str = r#"
        Resources: {Queue: {Type: AWS::SQS::Queue}, Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}}
        Outputs:
          Queue: {Value: !GetAtt Queue.Arn, Export: {Name: !Sub '${AWS::StackName}:queue'}}
    "#;
    const WORKER: &str = r"
        Parameters: {Size: {Type: Number, Default: 1}}
        Resources:
          Worker:
            Type: AWS::Lambda::Function
            Metadata: {Binary: worker}
            Properties: {Runtime: provided.al2023, Handler: bootstrap, Role: r, Code: {S3Bucket: b, S3Key: k}}
          Mapping:
            Type: AWS::Lambda::EventSourceMapping
            Properties:
              EventSourceArn: !ImportValue 'local:queue'
              FunctionName: !Ref Worker
              BatchSize: !Ref Size
    ";

    fn stacks(templates: &[(&str, &str)]) -> Stacks {
        let parse = |(stack, text): &(&str, &str)| {
            ((*stack).to_owned(), Template::parse(Path::new("template.yaml"), text).unwrap())
        };
        Stacks(templates.iter().map(parse).collect())
    }

    fn plan(templates: &[(&str, &str)], overrides: &[(&str, &str)]) -> Result<Plan, String> {
        let around = Surroundings {
            region: "us-east-1".to_owned(),
            account: super::super::ACCOUNT.to_owned(),
            stack: "local".to_owned(),
            endpoint: "http://127.0.0.1:1".to_owned(),
            allow_inert: false,
            stored: super::super::Stored::default(),
            exports: BTreeMap::new(),
            languages: BTreeSet::new(),
        };
        let overrides =
            overrides.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        stacks(templates).plan(&overrides.collect(), &around).map_err(|error| error.to_string())
    }

    #[test]
    fn a_stack_imports_what_one_before_exports_and_refers_to_what_it_has() {
        let plan = plan(&[("local", DATA), ("local-worker", WORKER)], &[("Size", "7")]).unwrap();
        assert_eq!(plan.queues[0].name, "local-Queue");
        assert_eq!(plan.functions[0].name, "local-worker-Worker");
        assert_eq!(plan.functions[0].stack, "local-worker");
        assert_eq!(plan.mappings[0].queue, plan.queues[0].arn);
        assert_eq!(plan.outputs["Queue"], plan.queues[0].arn);
    }

    #[test]
    fn faults_of_several_stacks_are_told() {
        let before = plan(&[("local-worker", WORKER), ("local", DATA)], &[]).unwrap_err();
        assert!(before.contains("no stack exports `local:queue`"), "{before}");
        let twice = plan(&[("a", DATA), ("b", DATA)], &[]).unwrap_err();
        assert!(twice.contains("`Bus` is an event bus named `shop` already"), "{twice}");
        let unknown = plan(&[("local", DATA), ("b", WORKER)], &[("Sise", "7")]).unwrap_err();
        assert!(unknown.contains("Sise"), "{unknown}");
    }

    #[test]
    fn stacks_are_named_by_file_or_folder() {
        for (path, name) in [
            ("cdk.out/Billing.template.json", "Billing"),
            ("other.yaml", "other"),
            ("services/billing_v2/template.yaml", "billing-v2"),
        ] {
            assert_eq!(label(Path::new(path)), name);
        }
        let taken = stacks(&[("local-a", DATA), ("local-a-2", DATA)]);
        assert_eq!(apart("local-a", &taken.0), "local-a-3");
    }
}
