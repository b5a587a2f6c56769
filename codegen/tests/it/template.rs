//! The CloudFormation template of small systems and of the shop.
//!
//! `UPDATE_EXPECTED=1 cargo test -p codegen` writes what is expected anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen::{compile, diag, read};
use serde_json::Value;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The template that a folder of contracts comes to.
fn template(spec: &Path) -> String {
    let sources = read::read_spec(spec).unwrap();
    let compiled = compile(&sources).unwrap_or_else(|diagnostics| {
        panic!("{}", diag::render::render_text(&diagnostics, &sources, false))
    });
    compiled.files.get("infra/template.yaml").unwrap().to_owned()
}

/// Compares the resources of a case's template, without alarms and dashboard, with those expected.
fn check(case: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/template").join(case);
    let text = template(&folder.join("spec"));
    let (_, resources) = text.split_once("\nResources:\n").unwrap();
    let (resources, _) = resources.split_once("  # Alarms and the dashboard.").unwrap();
    let expected = folder.join("expected.yaml");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&expected, resources).unwrap();
    }
    let expected = std::fs::read_to_string(&expected).unwrap();
    let diff = similar::TextDiff::from_lines(expected.as_str(), resources);
    let unified = diff.unified_diff().header("expected", "found").to_string();
    assert!(unified.is_empty(), "{case}:\n{unified}");
}

#[test]
fn who_may_call() {
    check("callers");
}

/// A decision names the API key that counts. Kept by the token, it would let the next request in without any.
#[test]
fn a_decision_that_names_a_key_is_not_kept() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/template/callers/spec");
    let template: Value = serde_saphyr::from_str(&template(&spec)).unwrap();
    let document = &template["Resources"]["Api"]["Properties"]["Body"];
    assert_eq!(document["x-amazon-apigateway-api-key-source"], "AUTHORIZER");
    let mut keyed = BTreeSet::new();
    let paths = document["paths"].as_object().unwrap();
    for operation in paths.values().flat_map(|path| path.as_object().unwrap().values()) {
        for needs in operation["security"].as_array().into_iter().flatten() {
            let mut schemes = needs.as_object().unwrap().keys();
            if needs.get("apiKey").is_none() {
                continue;
            }
            let authorizer = schemes.find(|one| *one != "apiKey").unwrap();
            let scheme = &document["components"]["securitySchemes"][authorizer];
            let authorizer = &scheme["x-amazon-apigateway-authorizer"];
            assert_eq!(authorizer["authorizerResultTtlInSeconds"], 0, "{operation}");
            keyed.extend(operation["operationId"].as_str());
        }
    }
    // A token and a key, a token or a key.
    assert_eq!(keyed, BTreeSet::from(["cancelOrder", "getOrder"]));
}

#[test]
fn a_table_behind_a_route() {
    check("table-behind-a-route");
}

#[test]
fn streams_of_tables() {
    check("streams-of-tables");
}

#[test]
fn tables_that_are_there_already() {
    check("tables-there-already");
}

#[test]
fn a_queue_behind_a_rule() {
    check("queue-behind-a-rule");
}

#[test]
fn what_functions_are_given() {
    check("function-settings");
}

#[test]
fn a_queue_that_keeps_its_order() {
    check("queue-in-order");
}

#[test]
fn a_rule_that_invokes_a_function() {
    check("rule-to-function");
}

fn shop() -> Value {
    serde_saphyr::from_str(&template(&repository().join("spec"))).unwrap()
}

/// Every action that a function's role allows, with the resource as text, without logs and traces.
fn grants(template: &Value, function: &str) -> Vec<String> {
    let role = &template["Resources"][format!("{function}Role")]["Properties"];
    let statements = role["Policies"][0]["PolicyDocument"]["Statement"].as_array().unwrap();
    let mut grants = Vec::new();
    for statement in statements {
        for action in statement["Action"].as_array().unwrap() {
            let action = action.as_str().unwrap();
            if !action.starts_with("logs:") && !action.starts_with("xray:") {
                grants.push(format!("{action} {}", statement["Resource"]));
            }
        }
    }
    grants
}

/// The shop's contracts in terms of IAM, written down once more by hand.
#[test]
fn functions_of_the_shop_may_do_what_their_contracts_say() {
    let template = shop();
    let arn = |id: &str| format!("{{\"Fn::GetAtt\":[\"{id}\",\"Arn\"]}}");
    let product = arn("ProductTable");
    assert_eq!(
        grants(&template, "ProductFunction"),
        [
            format!("dynamodb:GetItem {product}"),
            format!("dynamodb:PutItem {product}"),
            format!("dynamodb:DeleteItem {product}"),
            format!("dynamodb:Scan {product}"),
            "dynamodb:Query {\"Fn::Sub\":\"${ProductTable.Arn}/index/byCategory\"}".to_owned(),
            format!("dynamodb:Query {}", arn("SaleTable")),
        ]
    );
    let polls = |queue: &str| {
        let queue = arn(queue);
        [
            format!("sqs:ReceiveMessage {queue}"),
            format!("sqs:DeleteMessage {queue}"),
            format!("sqs:GetQueueAttributes {queue}"),
        ]
    };
    let puts_sales = [format!("dynamodb:PutItem {}", arn("SaleTable"))];
    assert_eq!(
        grants(&template, "ProductSalesFunction"),
        [&puts_sales[..], &polls("SalesQueue")].concat()
    );
    let (basket, checkout) = (arn("BasketTable"), arn("CheckoutTable"));
    assert_eq!(
        grants(&template, "BasketFunction"),
        [
            format!("dynamodb:GetItem {basket}"),
            format!("dynamodb:PutItem {basket}"),
            format!("dynamodb:DeleteItem {basket}"),
            format!("dynamodb:Scan {basket}"),
            format!("dynamodb:GetItem {checkout}"),
            format!("dynamodb:PutItem {checkout}"),
            format!("events:PutEvents {}", arn("SwnEventBus")),
        ]
    );
    let order = arn("OrderTable");
    assert_eq!(
        grants(&template, "OrderingFunction"),
        [format!("dynamodb:Query {order}"), format!("dynamodb:Scan {order}")]
    );
    let places =
        [format!("dynamodb:PutItem {order}"), format!("events:PutEvents {}", arn("SwnEventBus"))];
    assert_eq!(
        grants(&template, "OrderingCheckoutFunction"),
        [&places[..], &polls("OrderQueue")].concat()
    );
}

/// A list of a partition that every request names reads no more than that.
#[test]
fn a_list_may_scan_only_where_it_does() {
    for (is_required, scans) in [("true", false), ("false", true)] {
        let contract = format!(
            r"
openapi: 3.1.0
info: {{title: Shop, version: 1.0.0}}
security: []
paths:
  /lines:
    get:
      operationId: listLines
      x-dynamodb: {{table: Line, action: list}}
      parameters: [{{name: book, in: query, required: {is_required}, schema: {{type: string, minLength: 1}}}}]
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {{type: array, items: {{$ref: '#/components/schemas/Line'}}}}}}}}}}
        '400': {{description: no}}
components:
  schemas:
    Line:
      type: object
      required: [book, at]
      x-dynamodb-table: {{name: line, partitionKey: book, sortKey: at}}
      properties: {{book: {{type: string, minLength: 1}}, at: {{type: string, minLength: 1}}}}
"
        );
        let template = compiled("spec/shop/openapi.yaml", contract, &[]).unwrap();
        assert!(template.contains("dynamodb:Query"));
        assert_eq!(template.contains("dynamodb:Scan"), scans, "{is_required}");
    }
}

/// CloudFormation takes a template of one megabyte at most, 500 resources and 200 parameters.
#[test]
fn the_template_of_the_shop_is_within_the_limits() {
    let text = template(&repository().join("spec"));
    assert!(text.len() < 1_000_000);
    let template = shop();
    assert!(template["Resources"].as_object().unwrap().len() < 500);
    assert!(template["Parameters"].as_object().unwrap().len() < 200);
    let dashboard = &template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"];
    let body: Value = serde_json::from_str(dashboard.as_str().unwrap()).unwrap();
    assert!(body["widgets"].as_array().unwrap().len() > 5, "the dashboard's body is JSON");
}

/// The gateway's own answers are JSON once their variables are replaced.
#[test]
fn the_gateway_answers_with_problem_documents() {
    let template = shop();
    let body = &template["Resources"]["Api"]["Properties"]["Body"];
    let answers = body["x-amazon-apigateway-gateway-responses"].as_object().unwrap();
    assert!(answers.len() >= 10);
    for (kind, answer) in answers {
        let text = answer["responseTemplates"]["application/json"].as_str().unwrap();
        let text = text
            .replace("$context.error.messageString", "\"message\"")
            .replace("$context.error.validationErrorString", "violation")
            .replace("$context.requestId", "id");
        assert!(!text.contains('$'), "{kind}: {text}");
        let problem: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(problem["status"].to_string(), answer["statusCode"].as_str().unwrap(), "{kind}");
    }
}

/// Refused callers are told in the schema of the contract where it says how, and all operations agree.
#[test]
fn the_gateway_refuses_callers_in_the_words_of_the_contract() {
    let spec =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diagnostics/gateway-error/spec");
    let template: Value = serde_saphyr::from_str(&template(&spec)).unwrap();
    let body = &template["Resources"]["Api"]["Properties"]["Body"];
    let of = |kind: &str| {
        let answer = &body["x-amazon-apigateway-gateway-responses"][kind];
        let media_type = &answer["responseParameters"]["gatewayresponse.header.Content-Type"];
        (
            media_type.as_str().unwrap(),
            answer["responseTemplates"]["application/json"].as_str().unwrap(),
        )
    };
    assert_eq!(
        of("UNAUTHORIZED"),
        ("'application/json'", r#"{"message":$context.error.messageString}"#)
    );
    assert_eq!(of("ACCESS_DENIED").0, "'application/problem+json'");
    assert_eq!(of("AUTHORIZER_FAILURE").0, "'application/problem+json'");
}

/// Every setting of a stage is a parameter of the template, with a value that it allows.
#[test]
fn stages_set_parameters_that_exist() {
    let template = shop();
    for stage in ["dev", "prod"] {
        let path = repository().join(format!("infra/stages/{stage}.toml"));
        let text = std::fs::read_to_string(path).unwrap();
        let (_, settings) = text.split_once("\n[parameters]\n").unwrap();
        let mut n_settings = 0;
        let settings = settings.lines().take_while(|line| !line.starts_with('['));
        for line in settings.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, value) = line.split_once(" = ").unwrap();
            let value = value.trim_matches('"');
            let parameter = &template["Parameters"][name];
            assert!(parameter.is_object(), "{stage}: there is no parameter {name}");
            if let Some(allowed) = parameter["AllowedValues"].as_array() {
                let as_text = |one: &Value| one.as_str().map_or(one.to_string(), str::to_owned);
                assert!(allowed.iter().any(|one| as_text(one) == value), "{stage}: {line}");
            }
            n_settings += 1;
        }
        assert!(n_settings > 3, "{stage}");
    }
}

fn compiled(path: &str, text: String, more: &[(&str, &str)]) -> Result<String, String> {
    let mut sources = codegen::source::SourceMap::default();
    sources.add(path, text);
    more.iter().for_each(|(path, text)| {
        sources.add(*path, *text);
    });
    match codegen::compile(&sources) {
        Ok(compiled) => Ok(compiled.files.get("infra/template.yaml").unwrap().to_owned()),
        Err(found) => Err(codegen::diag::render::render_text(&found, &sources, false)),
    }
}

/// The alarms on what functions measure themselves: id, metric, limit and dimensions.
fn own_alarms(template: &str) -> Vec<(String, String, String, usize)> {
    let template: Value = serde_saphyr::from_str(template).unwrap();
    let resources = template["Resources"].as_object().unwrap().iter();
    let alarms = resources.filter(|(_, one)| one["Type"] == "AWS::CloudWatch::Alarm");
    let own = alarms.filter(|(_, one)| one["Properties"]["Namespace"]["Ref"] == "AWS::StackName");
    own.map(|(id, one)| {
        let of = &one["Properties"];
        let metric = of["MetricName"].as_str().unwrap().to_owned();
        let n_dimensions = of["Dimensions"].as_array().unwrap().len();
        (id.clone(), metric, of["Threshold"].to_string(), n_dimensions)
    })
    .collect()
}

#[test]
fn a_service_has_one_alarm_and_an_objective_its_own() {
    let text = |objective: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a: {{get: {{operationId: first, \
             {objective}responses: {{'204': {{description: Done.}}}}}}}}\n  /b: {{get: {{operationId: second, responses: \
             {{'204': {{description: Done.}}}}}}}}\n"
        )
    };
    let path = "spec/shop/openapi.yaml";
    let alarm = |id: &str, metric: &str, limit: &str, n_dimensions| {
        (id.to_owned(), metric.to_owned(), limit.to_owned(), n_dimensions)
    };
    let of_service = alarm("ShopRequestsFailing", "ServerErrors", "0.05", 1);
    let found = own_alarms(&compiled(path, text(""), &[]).unwrap());
    assert_eq!(found, std::slice::from_ref(&of_service));
    let objective = "x-objective: {errors: 0.001, latencyMs: 800}, ";
    let mut found = own_alarms(&compiled(path, text(objective), &[]).unwrap());
    found.sort();
    let failing = alarm("ShopFirstFailing", "ServerErrors", "0.001", 2);
    let slow = alarm("ShopFirstSlow", "Latency", "800", 2);
    assert_eq!(found, [failing.clone(), slow, of_service]);
    let each = [("spec/defaults.yaml", "alarms: operation\n")];
    let ids: Vec<String> = own_alarms(&compiled(path, text(""), &each).unwrap())
        .into_iter()
        .map(|(id, ..)| id)
        .collect();
    assert_eq!(ids, ["ShopFirstFailing", "ShopSecondFailing"]);
    for wrong in ["{}", "{errors: 1}", "{errors: -0.1}", "{latencyMs: 0}"] {
        let refused = compiled(path, text(&format!("x-objective: {wrong}, ")), &[]).unwrap_err();
        assert!(refused.contains("bad-objective"), "{wrong}: {refused}");
    }
}

/// A required parameter without a value, as in `?q=`, is refused by API Gateway, and taken by a function whose schema has it.
#[test]
fn the_gateway_requires_no_parameter_that_may_be_blank() {
    let schemas = [
        ("text", "{type: string}", false),
        ("long", "{type: string, minLength: 1}", false),
        ("count", "{type: integer}", true),
        ("list", "{type: array, items: {type: integer}}", false),
        ("word", "{type: string, enum: [a, b]}", true),
        ("blank", "{type: string, enum: [a, '']}", false),
        ("day", "{type: string, format: date}", true),
    ];
    let parameters = schemas.map(|(name, schema, _)| {
        format!("{{name: {name}, in: query, required: true, schema: {schema}}}")
    });
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: first\n      \
         parameters: [{}]\n      responses: {{'204': {{description: Done.}}}}\n",
        parameters.join(", ")
    );
    let template = compiled("spec/shop/openapi.yaml", text, &[]).unwrap();
    let template: Value = serde_saphyr::from_str(&template).unwrap();
    let found = &template["Resources"]["Api"]["Properties"]["Body"]["paths"]["/a"]["get"];
    let found = found["parameters"].as_array().unwrap().iter();
    let found: Vec<(&str, bool)> =
        found.map(|one| (one["name"].as_str().unwrap(), one["required"] == true)).collect();
    assert_eq!(found, schemas.map(|(name, _, required)| (name, required)));
}

#[test]
fn a_thousand_operations_fit_into_a_template() {
    let text = |n: usize| {
        let mut text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n".to_owned();
        for n in 0..n {
            text.push_str(&format!(
                "  /things/of/a/long/name/thing{n}/{{id}}:\n    get:\n      operationId: readThing{n}\n      parameters: \
                 [{{name: id, in: path, required: true, schema: {{type: string}}}}, {{name: limit, in: query, schema: \
                 {{type: integer}}}}, {{name: next, in: query, schema: {{type: string}}}}]\n      responses: {{'200': \
                 {{description: It., content: {{application/json: {{schema: {{type: string}}}}}}}}, '404': {{description: \
                 None.}}}}\n"
            ));
        }
        text
    };
    let path = "spec/shop/openapi.yaml";
    let template = compiled(path, text(1_000), &[]).unwrap();
    assert!(template.len() < 1_048_576, "{}", template.len());
    let body = |template: &str| -> Value {
        let read: Value = serde_saphyr::from_str(template).unwrap();
        read["Resources"]["Api"]["Properties"]["Body"].clone()
    };
    let (dense, usual) = (body(&template), body(&compiled(path, text(45), &[]).unwrap()));
    assert_eq!(dense["paths"].as_object().unwrap().len(), 1_000);
    let route = "/things/of/a/long/name/thing44/{id}";
    assert_eq!(dense["paths"][route], usual["paths"][route]);
}

#[test]
fn more_resources_than_api_gateway_allows_are_told() {
    // The root, `/things`, `/things/{id}`, and one for each part.
    let warned = |things: usize| {
        let path = |n| {
            format!(
                "  /things/{{id}}/part{n}: {{get: {{operationId: part{n}, parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: None.}}}}}}}}\n"
            )
        };
        let paths: String = (0..things).map(path).collect();
        let mut sources = codegen::source::SourceMap::default();
        let text = format!("openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\npaths:\n{paths}");
        sources.add("spec/shop/openapi.yaml".to_owned(), text);
        let warnings = codegen::compile(&sources).unwrap().warnings;
        warnings.into_iter().find(|one| one.code == "many-resources").map(|one| one.message)
    };
    assert_eq!(warned(297), None);
    assert!(warned(298).unwrap().contains("301 resources"));
}
