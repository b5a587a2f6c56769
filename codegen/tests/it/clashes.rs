//! Names that meet: whatever contracts call their things, either a name is refused at its place, or the template has
//! every logical id once and Rust every item once.

use std::collections::BTreeSet;

use codegen::compile;
use codegen::emit::{CrateFolders, Crates, Rules, Skeleton, skeleton};
use codegen::source::SourceMap;
use serde_json::{Map, Value, json};

/// Words that become the same in some spelling, that Rust reserves, or that generated code has already.
const WORDS: &[&str] = &[
    "a",
    "A",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "ab",
    "order",
    "Order",
    "OrderQueue",
    "order-queue",
    "OrderRule",
    "OrderBus",
    "OrderTable",
    "OrderFunction",
    "orderAll",
    "order_all",
    "OrderConsumer",
    "OrderKey",
    "OrderFields",
    "OrderIndexes",
    "OrderInput",
    "OrderError",
    "orderOutput",
    "Tables",
    "tables",
    "Publisher",
    "publisher",
    "authorizer",
    "lib",
    "http",
    "authorizer",
    "lib",
    "http",
    "end",
    "system",
    "Routes",
    "Operations",
    "operations",
    "model",
    "events",
    "routes",
    "client",
    "runtime",
    "std",
    "core",
    "alloc",
    "test",
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "async",
    "await",
    "gen",
    "dyn",
    "try",
    "union",
    "auto",
    "raw",
    "safe",
    "macro_rules",
    "static",
    "true",
    "new",
    "clone",
    "default",
    "from",
    "into",
    "drop",
    "Ok",
    "Err",
    "Some",
    "None",
    "Vec",
    "Option",
    "String",
    "Box",
    "Result",
    "i32",
    "u8",
    "str",
    "bool",
    "Context",
    "Entry",
    "Bus",
    "Table",
    "Field",
    "Key",
    "Name",
    "Query",
    "Url",
    "n1",
    "1",
    "x1",
    "x_1",
    "with",
    "body",
    "cx",
    "event",
    "input",
    "key",
    "item",
    "Api",
    "Dashboard",
    "Stage",
    "StageName",
    "LogLevel",
    "Release",
    "main",
    "lib",
    "mod",
    "index",
    "settings",
    "Settings",
    "send",
    "call",
    "get",
    "put",
    "query",
    "changed",
    "orders",
    "x",
    "aws",
    "decode",
    "encode",
    "build",
];

/// What services are called: in small letters, some of them words that Rust reserves.
const SERVICES: &[&str] = &[
    "a",
    "a-b",
    "ab",
    "order",
    "order-queue",
    "type",
    "async",
    "gen",
    "http",
    "call",
    "authorizer",
    "send",
    "n1",
    "x1",
    "model",
    "union",
    "static",
    "runtime2",
    "self",
];

/// Gives out words in an order that a seed decides.
struct Words(u64);

impl Words {
    fn below(&mut self, n: usize) -> usize {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    /// Some words, each once.
    fn words(&mut self, most: usize) -> Vec<&'static str> {
        let n = 1 + self.below(most);
        let words: BTreeSet<&str> = (0..n).map(|_| self.word()).collect();
        words.into_iter().collect()
    }
}

fn object(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.into_iter().collect::<Map<_, _>>())
}

/// A schema of an object whose properties have these names.
fn schema(words: &mut Words, required: &str) -> Value {
    let mut properties = Map::new();
    properties.insert(required.to_owned(), json!({"type": "string", "minLength": 1}));
    for name in words.words(4) {
        let (kind, values) = (words.below(4), words.words(4));
        let value = match kind {
            0 => json!({"type": "string", "enum": values}),
            1 => json!({"type": "object", "properties": {name: {"type": "integer"}}}),
            2 => json!({"type": "integer"}),
            _ => json!({"type": "string", "minLength": 1}),
        };
        properties.entry(name.to_owned()).or_insert(value);
    }
    json!({"type": "object", "required": [required], "properties": properties})
}

fn openapi(words: &mut Words) -> Value {
    let schemas: Vec<&str> = words.words(4);
    let named = schemas.iter().map(|name| {
        let id = words.word();
        let mut schema = schema(words, id);
        if words.below(2) == 0 {
            let indexes: Vec<Value> = words
                .words(3)
                .iter()
                .map(|name| json!({"name": format!("{name}_ix"), "partitionKey": id}))
                .collect();
            schema["x-dynamodb-table"] =
                json!({"name": words.word(), "partitionKey": id, "indexes": indexes});
        }
        ((*name).to_owned(), schema)
    });
    let named = object(named.collect::<Vec<_>>());
    let mut paths = Map::new();
    for (at, id) in words.words(4).into_iter().enumerate() {
        let places = ["query", "header", "cookie"];
        let parameters = words.words(4).into_iter().map(|name| {
            json!({"name": name, "in": places[words.below(3)], "schema": {"type": "string"}})
        });
        let parameters: Vec<Value> = parameters.collect();
        let reference = json!({"$ref": format!("#/components/schemas/{}", schemas[words.below(schemas.len())])});
        let headers = words
            .words(2)
            .into_iter()
            .map(|name| (name.to_owned(), json!({"schema": {"type": "string"}})));
        let operation = json!({
            "operationId": id,
            "parameters": parameters,
            "requestBody": {"required": true, "content": {"application/json": {"schema": reference}}},
            "responses": {"200": {"description": "Done.", "headers": object(headers),
                "content": {"application/json": {"schema": reference}}}},
            "security": [{words.word(): []}],
        });
        paths.insert(format!("/p{at}"), json!({"post": operation}));
    }
    let schemes: Vec<&str> = paths
        .values()
        .flat_map(|path| {
            path["post"]["security"][0].as_object().unwrap().keys().map(String::as_str)
        })
        .collect();
    let schemes = schemes.into_iter().map(|name| {
        let scheme = json!({"type": "http", "scheme": "bearer",
            "x-jwt": {"issuer": "https://issuer.example", "audience": ["shop"]}});
        (name.to_owned(), scheme)
    });
    let schemes = object(schemes.collect::<Vec<_>>());
    json!({
        "openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": paths,
        "components": {"schemas": named, "securitySchemes": schemes},
    })
}

fn asyncapi(words: &mut Words) -> Value {
    let mut channels = Map::new();
    let mut operations = Map::new();
    for (at, name) in words.words(4).into_iter().enumerate() {
        let messages = words.words(3).into_iter().map(|name| {
            (
                name.to_owned(),
                json!({"x-amazon-events-source": "a.b", "payload": schema(words, "id")}),
            )
        });
        let messages = object(messages.collect::<Vec<_>>());
        let mut bindings = json!({"x-eventbridge": {"bus": words.word()}});
        let receives = words.below(3) > 0;
        if receives && words.below(2) == 0 {
            bindings["x-eventbridge"]["ruleName"] = words.word().into();
        }
        if receives && words.below(2) == 0 {
            bindings["sqs"] = json!({"queue": {"name": words.word(), "fifoQueue": false, "visibilityTimeout": 300}});
        }
        let key = format!("{name}{at}");
        channels.insert(key.clone(), json!({"messages": messages, "bindings": bindings}));
        let action = if receives { "receive" } else { "send" };
        let reference = json!({"$ref": format!("#/channels/{key}")});
        let mut operation = json!({"action": action, "channel": reference});
        if receives && words.below(3) == 0 {
            let environment = words
                .words(3)
                .into_iter()
                .map(|name| (format!("V{name}").replace('-', "_"), json!({})));
            operation["x-lambda"] =
                json!({"name": words.word(), "environment": object(environment)});
        }
        operations.insert(name.to_owned(), operation);
    }
    json!({
        "asyncapi": "3.0.0", "info": {"title": "A", "version": "1"},
        "channels": channels, "operations": operations,
    })
}

/// Contracts of one or two services.
fn contracts(seed: u64) -> SourceMap {
    let mut words = Words(seed);
    let mut sources = SourceMap::default();
    for _ in 0..1 + words.below(2) {
        let service = SERVICES[words.below(SERVICES.len())];
        let (rest, events) = (words.below(3) > 0, words.below(3) > 0);
        if rest || !events {
            let text = openapi(&mut words).to_string();
            sources.add(format!("spec/{service}/openapi.json"), text);
        }
        if events {
            let text = asyncapi(&mut words).to_string();
            sources.add(format!("spec/{service}/asyncapi.json"), text);
        }
    }
    sources
}

/// The names of a Rust file that stand there twice in one namespace.
fn twice_in(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let mut found = Found::default();
    for item in &file.items {
        found.item(item);
    }
    found.twice
}

#[derive(Default)]
struct Found {
    taken: BTreeSet<String>,
    twice: Vec<String>,
}

impl Found {
    fn add(&mut self, space: &str, name: &dyn std::fmt::Display) {
        let name = format!("{space} {name}");
        if !self.taken.insert(name.clone()) {
            self.twice.push(name);
        }
    }

    fn item(&mut self, item: &syn::Item) {
        use syn::Item;
        match item {
            Item::Const(one) if one.ident != "_" => self.add("value", &one.ident),
            Item::Static(one) => self.add("value", &one.ident),
            Item::Fn(one) => {
                self.add("value", &one.sig.ident);
                self.arguments(&one.sig);
            }
            Item::Enum(one) => {
                self.add("type", &one.ident);
                one.variants.iter().for_each(|variant| {
                    self.add(&format!("variant of {}", one.ident), &variant.ident)
                });
            }
            Item::Mod(one) => self.add("type", &one.ident),
            Item::Struct(one) => {
                self.add("type", &one.ident);
                let fields = one.fields.iter().filter_map(|field| field.ident.as_ref());
                fields.for_each(|field| self.add(&format!("field of {}", one.ident), field));
            }
            Item::Trait(one) => {
                self.add("type", &one.ident);
                for item in &one.items {
                    if let syn::TraitItem::Fn(method) = item {
                        self.add(&format!("method of {}", one.ident), &method.sig.ident);
                        self.arguments(&method.sig);
                    }
                }
            }
            Item::Type(one) => self.add("type", &one.ident),
            Item::Use(one) => self.imports(&one.tree),
            Item::Impl(one) => self.methods(one),
            _ => {}
        }
    }

    fn methods(&mut self, one: &syn::ItemImpl) {
        let whose = |ty: &syn::Type| quote::quote!(#ty).to_string();
        let space = match &one.trait_ {
            None => format!("associated with {}", whose(&one.self_ty)),
            Some((path, _)) => {
                let space = format!("{} for {}", quote::quote!(#path), whose(&one.self_ty));
                self.add("impl", &space);
                space
            }
        };
        for item in &one.items {
            match item {
                syn::ImplItem::Fn(method) => {
                    self.add(&space, &method.sig.ident);
                    self.arguments(&method.sig);
                }
                syn::ImplItem::Const(constant) => self.add(&space, &constant.ident),
                _ => {}
            }
        }
    }

    fn arguments(&mut self, signature: &syn::Signature) {
        let mut names = BTreeSet::new();
        for argument in &signature.inputs {
            let syn::FnArg::Typed(typed) = argument else { continue };
            let syn::Pat::Ident(name) = &*typed.pat else { continue };
            if !names.insert(name.ident.to_string()) {
                self.twice.push(format!("argument {} of {}", name.ident, signature.ident));
            }
        }
    }

    fn imports(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.imports(&path.tree),
            syn::UseTree::Name(name) if name.ident == "self" => {}
            syn::UseTree::Name(name) => self.add("type", &name.ident),
            syn::UseTree::Rename(renamed) if renamed.rename != "_" => {
                self.add("type", &renamed.rename)
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|one| self.imports(one)),
            _ => {}
        }
    }
}

/// What is wrong with what some names come to; nothing where they are refused.
fn faults(seed: u64) -> Option<Vec<String>> {
    let compiled = compile(&contracts(seed)).ok()?;
    // A reader of YAML that takes no key twice.
    let template = compiled.files.get("infra/template.yaml").unwrap();
    let template: Value =
        serde_saphyr::from_str(template).unwrap_or_else(|error| panic!("{seed}: {error}"));
    let parameters = template["Parameters"].as_object().into_iter().flatten();
    let is_resource = |name: &&String| template["Resources"].get(*name).is_some();
    let meets = parameters.map(|(name, _)| name).filter(is_resource);
    let mut faults: Vec<String> =
        meets.map(|name| format!("{seed}: `{name}` is a parameter and a resource")).collect();
    let place =
        CrateFolders { services: "services".to_owned(), generated: "../../generated".to_owned() };
    let begun: Vec<Skeleton> = compiled
        .system
        .services
        .iter()
        .map(|service| skeleton(service, &Crates::default(), &place, Rules::Mocked, None))
        .collect();
    let files = begun.iter().flat_map(|one| one.files.iter()).chain(compiled.files.iter());
    for (path, text) in files.filter(|(path, _)| path.ends_with(".rs")) {
        faults.extend(twice_in(text).iter().map(|twice| format!("{seed}: {path}: {twice}")));
    }
    Some(faults)
}

fn n_cases() -> u64 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(150)
}

#[test]
fn names_are_refused_or_kept_apart() {
    let taken: Vec<Vec<String>> = (0..n_cases()).filter_map(faults).collect();
    let found: Vec<String> = taken.iter().flatten().cloned().collect();
    assert!(found.is_empty(), "{} in {}: {found:#?}", found.len(), taken.len());
    assert!(taken.len() > 20, "only {} were taken", taken.len());
}

/// What workflows come to: a step and an output whose names make that of another pair, a step called `end`, and workflows
/// and an operation with names of the crate's own.
#[test]
fn names_of_workflows_are_kept_apart() {
    let mut sources = SourceMap::default();
    let answer = json!({"description": "Done.", "content": {"application/json": {"schema":
        {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}}}}});
    let shop = json!({
        "openapi": "3.0.3", "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "system", "responses": {"200": answer}}}},
    });
    sources.add("spec/shop/openapi.json".to_owned(), shop.to_string());
    let read = "$response.body#/b";
    let either = "$statusCode == 200 || $statusCode == 201";
    let end = json!({"name": "done", "type": "end",
        "criteria": [{"condition": either}, {"condition": format!("{read} == 'x'")}]});
    let step = |id: &str, output: &str| json!({"stepId": id, "operationId": "system", "outputs": {output: read}, "onSuccess": [end]});
    let workflow = |id: &str| {
        json!({"workflowId": id, "outputs": {"x": "$steps.a.outputs.b_c", "y": "$steps.a_b.outputs.c"},
            "steps": [step("a", "b_c"), step("a_b", "c"), step("end", "d")]})
    };
    let workflows = json!({
        "arazzo": "1.0.1", "info": {"title": "W", "version": "1"},
        "sourceDescriptions": [{"name": "shop", "url": "../shop/openapi.json", "type": "openapi"}],
        "workflows": [workflow("system"), workflow("client"), workflow("harness"), workflow("main")],
    });
    sources.add("spec/workflows/a.arazzo.json".to_owned(), workflows.to_string());
    let compiled = compile(&sources).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let files: Vec<(&str, &str)> =
        compiled.files.iter().filter(|(path, _)| path.starts_with("workflows/src/")).collect();
    assert!(files.len() >= 6, "{files:#?}");
    for (path, text) in &files {
        let name = path.trim_start_matches("workflows/src/");
        assert!(!["main.rs", "client.rs", "harness.rs"].contains(&name), "{name}");
        assert!(twice_in(text).is_empty(), "{path} has twice {:#?}\n{text}", twice_in(text));
    }
    let text = compiled.files.get("workflows/src/system_workflow.rs").unwrap();
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("(answer.status() == 200 || answer.status() == 201) && equal("),
        "{text}"
    );
}

/// One table for two types of items is one box, and documents show a pattern as the contract has it.
#[test]
fn documents_of_what_is_shared() {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rust/words/spec");
    let compiled = compile(&codegen::read::read_spec(&spec).unwrap()).unwrap();
    let page = compiled.files.get("docs/reference/shop.md").unwrap();
    assert_eq!(page.matches("table_shop_shared[(").count(), 1, "{page}");
    assert!(page.contains("matching `^(a|b)$`"), "{page}");
}

/// A receiver keeps its name beside an operation whose response of that name becomes no type.
#[test]
fn receivers_keep_their_names_where_nothing_meets() {
    let name = |headers: Value| {
        let mut sources = SourceMap::default();
        let made = json!({"description": "Done.", "headers": headers});
        let shop = json!({
            "openapi": "3.0.3", "info": {"title": "A", "version": "1"},
            "paths": {"/a": {"post": {"operationId": "order", "responses": {"201": made, "202": {"description": "Later."}}}}},
        });
        sources.add("spec/shop/openapi.json".to_owned(), shop.to_string());
        let message = json!({"x-amazon-events-source": "a.b", "payload": {"type": "object", "properties": {"id": {"type": "string"}}}});
        let events = json!({
            "asyncapi": "3.0.0", "info": {"title": "A", "version": "1"},
            "channels": {"c": {"messages": {"Made": message}, "bindings": {"x-eventbridge": {"bus": "orders"}}}},
            "operations": {"orderCreated": {"action": "receive", "channel": {"$ref": "#/channels/c"}}},
        });
        sources.add("spec/shop/asyncapi.json".to_owned(), events.to_string());
        let compiled = compile(&sources).unwrap_or_else(|faults| panic!("{faults:#?}"));
        compiled.system.services[0].receives[0].id.pascal.clone()
    };
    assert_eq!(name(json!({})), "OrderCreated");
    assert_ne!(name(json!({"X-A": {"schema": {"type": "string"}}})), "OrderCreated");
}
