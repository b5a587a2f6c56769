//! The settings of stages, against the template that they are for: `infra/stages/*.toml`.

use std::collections::BTreeMap;

use stage::template::{ACCOUNT, Surroundings, Template};

/// Every file sets parameters that the template has, to values that it allows, and names its stage.
#[test]
fn stages_set_parameters_that_the_template_takes() {
    let workspace = crate::command::workspace();
    let template = Template::read(&workspace.join("generated/infra/template.yaml")).unwrap();
    let mut stages = BTreeMap::new();
    for file in std::fs::read_dir(workspace.join("infra/stages")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let settings: toml::Table = toml::from_str(&text).unwrap();
        let stack = settings["stack"].as_str().expect("a stack name").to_owned();
        let parameters = settings["parameters"].as_table().expect("parameters");
        let parameters: BTreeMap<String, String> = parameters
            .iter()
            .map(|(name, value)| {
                (name.clone(), value.as_str().map_or(value.to_string(), str::to_owned))
            })
            .collect();
        let surroundings = Surroundings {
            region: "eu-central-1".to_owned(),
            account: ACCOUNT.to_owned(),
            stack: stack.clone(),
            endpoint: "http://localhost".to_owned(),
            allow_inert: false,
            exports: Default::default(),
            stored: Default::default(),
            languages: Default::default(),
        };
        if let Err(error) = template.plan(&parameters, &surroundings) {
            panic!("{}: {error}", path.display());
        }
        let stage = parameters.get("StageName").expect("StageName").clone();
        assert!(stack.ends_with(&format!("-{stage}")), "{stack} is the stack of {stage}");
        stages.insert(stage, parameters);
    }
    assert!(stages.contains_key("dev") && stages.contains_key("prod"), "{stages:?}");

    // What must not be different by accident where customers are.
    let prod = &stages["prod"];
    for (name, value) in
        [("PointInTimeRecovery", "true"), ("DeletionProtection", "true"), ("TracingMode", "Active")]
    {
        assert_eq!(prod.get(name).map(String::as_str), Some(value), "{name}");
    }
}

/// A value that the template does not allow is refused by name.
#[test]
fn a_setting_that_the_template_refuses_is_found() {
    let path = crate::command::workspace().join("generated/infra/template.yaml");
    let template = Template::read(&path).unwrap();
    let surroundings = Surroundings {
        region: "eu-central-1".to_owned(),
        account: ACCOUNT.to_owned(),
        stack: "s".to_owned(),
        endpoint: "http://localhost".to_owned(),
        allow_inert: false,
        exports: Default::default(),
        stored: Default::default(),
        languages: Default::default(),
    };
    for (name, value) in [
        ("LogRetentionDays", "8"),
        ("StageName", "a stage"),
        ("ThrottleRate", "0"),
        ("AlarmTopicArn", "topic"),
        ("NoSuchParameter", "1"),
    ] {
        let parameters = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let error = template.plan(&parameters, &surroundings).unwrap_err().to_string();
        assert!(error.contains(name), "{name}: {error}");
    }
}
