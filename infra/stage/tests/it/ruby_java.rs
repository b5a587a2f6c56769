//! Functions in Ruby and Java, where the interpreter and the JDK are installed: elsewhere these tests have nothing to run.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use stage::{Stage, StageOptions};

use crate::languages::{case, invoke, refusal_of, stage_of};
use crate::support::{Folder, eventually, recording_log};

fn has(program: &str) -> bool {
    let probe =
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = probe.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!("skipped: {program} is not installed");
    }
    is_there
}

fn template(runtime: &str, code: &Path, handlers: &[(&str, &str)]) -> String {
    let functions = handlers.iter().map(|(id, handler)| {
        format!(
            "  {id}:\n    Type: AWS::Lambda::Function\n    Properties: {{Runtime: {runtime}, Handler: '{handler}', Code: {}, \
             Timeout: 15, MemorySize: 512}}\n",
            code.display()
        )
    });
    format!("Resources:\n{}", functions.collect::<String>())
}

/// The type, message and first frame of an error.
fn told(error: &Value) -> (&str, &str, &str) {
    (
        error["errorType"].as_str().unwrap_or_default(),
        error["errorMessage"].as_str().unwrap_or_default(),
        error["stackTrace"][0].as_str().unwrap_or_default(),
    )
}

#[tokio::test]
async fn handlers_in_ruby_answer_and_fail_as_in_lambda() {
    if !has("ruby") {
        return;
    }
    let folder = Folder::new();
    let handlers = [
        ("Fn", "app.handler"),
        ("Orders", "app.Shop::Orders.count"),
        ("Gone", "gone.handler"),
        ("Bad", "handler"),
        ("Nobody", "app.nobody"),
    ];
    let code = case("languages/ruby");
    let path = folder.write("t.yaml", &template("ruby3.4", &code, &handlers));
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..StageOptions::new(path) }).await.unwrap();
    let act = async |act: &str| invoke(&stage, "Fn", json!({ "act": act })).await;
    let expected = json!({
        "name": "local-Fn", "memory": "512", "arn": "arn:aws:lambda:us-east-1:000000000000:function:local-Fn", "id": 36,
        "remaining": true, "client": null, "execution": "AWS_Lambda_ruby3.4", "trace": true, "root": true,
        "text": "Grüße", "price": 19.90,
    });
    assert_eq!(act("context").await, (expected, false));
    assert_eq!(act("nothing").await, (Value::Null, false));
    assert_eq!(act("default").await, (json!(true), false));
    let (error, _) = act("garbled").await;
    assert_eq!((told(&error).0, told(&error).1), ("Function<RuntimeError>", "bad \u{fffd} byte"));
    assert_eq!(act("stream").await, (json!({ "as": "it is" }), false));
    assert_eq!(invoke(&stage, "Orders", json!([1, 2])).await, (json!(2), false));
    act("prints").await;
    eventually("what the handler printed", async || {
        let printed = |line: &String| line.ends_with("| printed by the handler");
        lines.lock().unwrap().iter().any(printed).then_some(())
    })
    .await;
    let (error, is_error) = act("fails").await;
    let (kind, message, frame) = told(&error);
    assert!(
        is_error
            && (frame.ends_with("app.rb:15:in `handler'")
                || frame.ends_with("app.rb:15:in 'Object#handler'")),
        "{error}"
    );
    assert_eq!((kind, message), ("Function<Strange>", "not like this"));
    assert_eq!(told(&act("mistake").await.0).0, "Function<NameError>");
    assert_eq!(told(&act("exits").await.0).0, "Function<SystemExit>");
    assert_eq!(act("nothing").await, (Value::Null, false));
    for (id, kind, message) in [
        ("Gone", "Init<LoadError>", "cannot load such file -- gone"),
        ("Bad", "Init<ArgumentError>", "it must be FILE.METHOD"),
        ("Nobody", "Function<NoMethodError>", "undefined method"),
    ] {
        let (error, _) = invoke(&stage, id, json!({})).await;
        assert!(told(&error).0 == kind && told(&error).1.contains(message), "{error}");
    }
}

#[tokio::test]
async fn gems_and_libraries_of_ruby_are_found_in_the_code_and_in_layers() {
    if !has("ruby") {
        return;
    }
    let folder = Folder::new();
    let gem = "vendor/bundle/ruby/3.4.0";
    for (root, name) in
        [(gem.to_owned(), "bundled"), ("layer/ruby/gems/3.4.0".to_owned(), "layered")]
    {
        std::fs::create_dir_all(folder.0.join(&root).join(format!("gems/{name}-1.0/lib"))).unwrap();
        std::fs::create_dir_all(folder.0.join(&root).join("specifications")).unwrap();
        folder.write(
            &format!("{root}/gems/{name}-1.0/lib/{name}.rb"),
            &format!("{} = 1", name.to_uppercase()),
        );
        let spec = format!(
            "Gem::Specification.new {{ |s| s.name = '{name}'; s.version = '1.0'; s.summary = 'x'; s.authors = ['x'] }}"
        );
        folder.write(&format!("{root}/specifications/{name}-1.0.gemspec"), &spec);
    }
    std::fs::create_dir_all(folder.0.join("layer/ruby/lib")).unwrap();
    folder.write("layer/ruby/lib/shared.rb", "SHARED = 1");
    let code = "require 'bundled'\nrequire 'layered'\nrequire 'shared'\ndef handler(event:, context:) = [BUNDLED, LAYERED, SHARED]";
    folder.write("app.rb", code);
    let layer = "  Layer: {Type: 'AWS::Lambda::LayerVersion', Properties: {Content: layer}}\n";
    let text = template("ruby3.3", Path::new("."), &[("Fn", "app.handler")]);
    let text = text.replace("Timeout: 15", "Timeout: 15, Layers: [!Ref Layer]");
    let stage = stage_of(folder.write("t.yaml", &format!("{text}{layer}"))).await;
    assert_eq!(invoke(&stage, "Fn", json!({})).await, (json!([1, 1, 1]), false));
}

/// Compiles the handlers of the cases into a folder.
fn compiled(folder: &Folder) {
    let runtime = case("../../src/lambda/runtimes/java");
    let source = case("languages/java/shop/Handlers.java");
    let mut compiler = Command::new("javac");
    compiler.args(["-encoding", "UTF-8", "-implicit:none", "-d"]).arg(&folder.0);
    let status = compiler.arg("-sourcepath").arg(runtime).arg(source).status();
    assert!(status.unwrap().success());
}

#[tokio::test]
async fn handlers_in_java_answer_and_fail_as_in_lambda() {
    if !has("javac") {
        return;
    }
    let folder = Folder::new();
    compiled(&folder);
    let handlers = [
        ("Told", "shop.Handlers$Told"),
        ("Orders", "shop.Handlers$Orders::handleRequest"),
        ("Stream", "shop.Handlers$Stream"),
        ("Plain", "shop.Handlers::plain"),
        ("Sum", "shop.Handlers::sum"),
        ("Defaults", "shop.Handlers::defaults"),
        ("Nothing", "shop.Handlers::nothing"),
        ("Fails", "shop.Handlers::fails"),
        ("Exits", "shop.Handlers::exits"),
        ("Gone", "shop.Gone"),
        ("Nobody", "shop.Handlers::nobody"),
    ];
    let path = folder.write("t.yaml", &template("java17", Path::new("."), &handlers));
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..StageOptions::new(path) }).await.unwrap();
    let event = json!({ "a": [1, 2.5, "x", null, true, {}] });
    let expected = json!({
        "event": event, "name": "local-Told", "memory": 512, "id": 36, "remaining": true, "trace": true,
        "arn": "arn:aws:lambda:us-east-1:000000000000:function:local-Told", "execution": "AWS_Lambda_java17",
    });
    assert_eq!(invoke(&stage, "Told", event).await, (expected, false));
    eventually("what the handler wrote", async || {
        let lines = lines.lock().unwrap().join("\n");
        (lines.contains("| logged by the handler") && lines.contains("| printed by the handler"))
            .then_some(())
    })
    .await;
    let order = |count: u8| {
        json!({
            "lines": [{ "sku": "a", "count": count }], "totals": { "net": 5 }, "state": "SHIPPED", "isGift": true,
            "placed": 1_700_000_000_000_i64, "note": "n", "detailType": "Placed",
        })
    };
    let mut given = order(1);
    given["unknown"] = json!({});
    for (name, other) in [("detailType", "detail-type"), ("lines", "LINES")] {
        let value = given.as_object_mut().unwrap().remove(name).unwrap();
        given[other] = value;
    }
    assert_eq!(invoke(&stage, "Orders", given).await, (order(2), false));
    assert_eq!(
        invoke(&stage, "Stream", json!({ "b": 1 })).await,
        (json!({ "as": { "b": 1 } }), false)
    );
    assert_eq!(invoke(&stage, "Plain", json!("ß")).await, (json!("Grüße \"ß\""), false));
    assert_eq!(invoke(&stage, "Sum", json!([1, 2, 3])).await, (json!(6), false));
    assert_eq!(invoke(&stage, "Defaults", json!({})).await, (json!(7), false));
    assert_eq!(invoke(&stage, "Nothing", json!({})).await, (Value::Null, false));
    let (error, is_error) = invoke(&stage, "Fails", json!({})).await;
    assert!(
        is_error && told(&error).2.starts_with("shop.Handlers.fails(Handlers.java:"),
        "{error}"
    );
    assert_eq!(
        (told(&error).0, told(&error).1),
        ("java.lang.IllegalStateException", "not like this")
    );
    assert_eq!(error["stackTrace"].as_array().unwrap().len(), 1, "{error}");
    assert_eq!(error["cause"]["errorMessage"], "the cause");
    for (id, event, kind, message) in [
        ("Plain", json!({}), "java.lang.RuntimeException", "An error occurred during JSON parsing"),
        ("Gone", json!({}), "java.lang.ClassNotFoundException", "Class not found: shop.Gone"),
        ("Nobody", json!({}), "java.lang.NoSuchMethodException", "No public method named nobody"),
        ("Exits", json!({}), "Runtime.ExitError", "exit status 3"),
    ] {
        let (error, _) = invoke(&stage, id, event).await;
        assert!(told(&error).0 == kind && told(&error).1.contains(message), "{error}");
    }
}

#[tokio::test]
async fn classes_are_found_in_archives_and_sources_alone_are_refused() {
    if !has("javac") {
        return;
    }
    let folder = Folder::new();
    compiled(&folder);
    std::fs::create_dir_all(folder.0.join("code/lib")).unwrap();
    let made = Command::new("jar")
        .current_dir(&folder.0)
        .args(["cf", "code/lib/shop.jar", "shop"])
        .status();
    assert!(made.unwrap().success());
    let text = template("java21", Path::new("code"), &[("Sum", "shop.Handlers::sum")]);
    let stage = stage_of(folder.write("t.yaml", &text)).await;
    assert_eq!(invoke(&stage, "Sum", json!([4])).await, (json!(4), false));
    let sources = case("languages/java");
    let error = refusal_of(
        folder.write("s.yaml", &template("java21", &sources, &[("Sum", "shop.Handlers::sum")])),
    )
    .await;
    assert!(error.contains("only the source") && error.contains("Handlers.java"), "{error}");
}
