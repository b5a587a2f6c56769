//! Several templates on one stage: each is a stack of its own, which may import what the stacks before it export.
//!
//! The first stack has the stage's name. A further one has that name with the name of its template behind it, so what it
//! creates is named apart: `local-billing-Queue`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::assets::templates_at;
use super::error::{Fault, TemplateError};
use super::plan::{Function, Plan};
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

    /// The template that declares a function.
    pub(crate) fn template_of(&self, function: &Function) -> Option<&Template> {
        let found = self.0.iter().find(|(name, _)| *name == function.stack);
        found.map(|(_, template)| template)
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
            let faults: Vec<Fault> = twice(&whole, &plan).collect();
            if !faults.is_empty() {
                return Err(TemplateError::Refused { path: template.path.clone(), faults });
            }
            whole.join(plan);
        }
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

/// What two stacks create under one name, which AWS would refuse for the second.
fn twice<'p>(whole: &'p Plan, plan: &'p Plan) -> impl Iterator<Item = Fault> + 'p {
    fn names(plan: &Plan) -> impl Iterator<Item = (&'static str, &str, &str)> {
        let functions = plan.functions.iter().map(|one| ("a function", &*one.id, &*one.name));
        let tables = plan.tables.iter().map(|one| ("a table", &*one.id, &*one.name));
        let queues = plan.queues.iter().map(|one| ("a queue", &*one.id, &*one.name));
        let buses = plan.buses.iter().map(|one| ("an event bus", &*one.id, &*one.name));
        let topics = plan.topics.iter().map(|one| ("a topic", &*one.id, &*one.name));
        functions.chain(tables).chain(queues).chain(buses).chain(topics)
    }
    names(plan).filter_map(|(kind, id, name)| {
        let taken = names(whole).any(|(of, _, other)| (of, other) == (kind, name));
        let message = format!("another stack has {kind} named `{name}` already");
        taken.then(|| Fault::new(format!("resource `{id}`"), message))
    })
}

impl Plan {
    /// Adds what another stack asks for. Of two outputs with one name the first stack's is kept.
    fn join(&mut self, other: Self) {
        let Self {
            apis,
            functions,
            tables,
            queues,
            buses,
            rules,
            archives,
            topics,
            subscriptions,
            mappings,
            stream_mappings,
            roles,
            resource_policies,
            api_keys,
            usage_plans,
            plan_keys,
            stored,
            needed_secrets,
            outputs,
            exports,
            inert,
            left_out,
            layers,
            http: _,
            rest: _,
        } = other;
        self.apis.extend(apis);
        self.functions.extend(functions);
        self.tables.extend(tables);
        self.queues.extend(queues);
        self.queues.sort_by_key(|queue| queue.dead_letter.is_some());
        self.buses.extend(buses);
        self.rules.extend(rules);
        self.archives.extend(archives);
        self.topics.extend(topics);
        self.subscriptions.extend(subscriptions);
        self.mappings.extend(mappings);
        self.stream_mappings.extend(stream_mappings);
        self.roles.extend(roles);
        self.resource_policies.extend(resource_policies);
        self.api_keys.extend(api_keys);
        self.usage_plans.extend(usage_plans);
        self.plan_keys.extend(plan_keys);
        self.stored.extend(stored);
        self.needed_secrets.extend(needed_secrets);
        for (name, value) in outputs {
            self.outputs.entry(name).or_insert(value);
        }
        self.exports.extend(exports);
        self.inert.extend(inert);
        self.left_out.extend(left_out);
        // A stack's functions find the layers of the stacks before it, so its list holds those too.
        self.layers = layers;
    }

    /// This plan among the stacks that stand already: what references are held against.
    pub(super) fn among(&self, others: &Self) -> Self {
        let mut whole = others.clone();
        whole.join(self.clone());
        whole
    }
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
        assert!(twice.contains("another stack has an event bus named `shop` already"), "{twice}");
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
