//! A system of one's own: made in an empty folder outside of this workspace, built, tested, and of no shop.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};

use regex::Regex;
use toml::Table;

use crate::output::Folder;
use crate::programs::{CODEGEN, run};

/// A folder outside of this workspace, removed at the end of the test.
struct Outside(PathBuf);

impl Outside {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("codegen-{name}-{}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn codegen(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, CODEGEN, arguments)
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn ok(output: &Output) -> String {
    let told = told(output);
    assert!(output.status.success(), "{told}");
    told
}

/// Every file below a folder with its text.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// Runs cargo in a new workspace, in this workspace's target folder and with its profiles, so that no dependency is
/// compiled again. The versions are those of this workspace, for `new` brings its lock file along.
///
/// One at a time: several at once would compile the same crates beside each other. A new workspace has programs with the
/// names of this one's, which the tests of other packages start: they are put back afterwards.
fn cargo(workspace: &Path, arguments: &[&str]) -> String {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let manifest = workspace.join("Cargo.toml");
    let read = |path: &Path| -> Table { std::fs::read_to_string(path).unwrap().parse().unwrap() };
    let mut own = read(&manifest);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    own.insert("profile".to_owned(), read(&root)["profile"].clone());
    std::fs::write(&manifest, own.to_string()).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let _kept = ["stage", "loadtest"].map(|name| Kept::new(target.join("debug").join(name)));
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .arg("--offline")
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", std::env::var_os("RUSTFLAGS").unwrap_or_default())
        .output()
        .unwrap();
    ok(&output)
}

/// A program that is put back in its place when this is dropped.
struct Kept {
    program: PathBuf,
    beside: PathBuf,
}

impl Kept {
    /// Remembers a program, if there is one.
    fn new(program: PathBuf) -> Self {
        let beside = program.with_extension("kept");
        let _ = std::fs::remove_file(&beside);
        let _ = std::fs::hard_link(&program, &beside);
        Self { program, beside }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = std::fs::rename(&self.beside, &self.program);
    }
}

/// The warnings of a build, but for settings of this workspace's profiles that nothing answers to.
fn warnings(built: &str) -> Vec<&str> {
    let is_own = |line: &&str| !line.contains("profile package spec");
    built.lines().filter(|line| line.starts_with("warning")).filter(is_own).collect()
}

#[test]
fn a_new_system_passes_its_tests_and_knows_no_shop() {
    let outside = Outside::new("new");
    let said = ok(&codegen(&outside.0, &["new", "library"]));
    assert!(said.contains("cd library") && said.contains("codegen dev"), "{said}");
    let library = outside.0.join("library");
    ok(&codegen(&library, &["check", "--deny", "warnings"]));
    let shop = Regex::new(
        r"(?i)\b(shop|baskets?|products?|ordering|swn|catalogue|carts?|orderplaced|iphone)\b",
    )
    .unwrap();
    let made = files(&library);
    assert!(made.len() > 40, "the walk finds files");
    for (path, text) in &made {
        if path.file_name().is_some_and(|name| name != "Cargo.lock") {
            let found = shop.find(text).map(|found| found.as_str());
            assert_eq!(found, None, "{}", path.display());
        }
    }
    add(&library);
    let mut format = Command::new("cargo");
    ok(&format.args(["fmt", "--check"]).current_dir(&library).output().unwrap());
    let passed = cargo(&library, &["test"]);
    assert!(passed.contains("a_note_is_stored_and_announced ... ok"), "{passed}");
    assert!(passed.contains("a_note_is_stored_and_an_event_is_published ... ok"), "{passed}");
}

/// Adds one of everything; what was written stays, and the same again is refused.
fn add(library: &Path) {
    let add = |arguments: &str| {
        let arguments: Vec<&str> = ["add"].into_iter().chain(arguments.split(' ')).collect();
        codegen(library, &arguments)
    };
    let rule = library.join("services/loans/src/return_book.rs");
    let text = |path: &str| std::fs::read_to_string(library.join(path)).unwrap();
    ok(&add("service loans"));
    ok(&add("table loans Loan --key loanId"));
    ok(&add("operation loans getLoan --table Loan --action get"));
    std::fs::write(&rule, "//! Mine.\n").unwrap();
    let before = files(library);
    let printed =
        ok(&add("operation loans returnBook --method post --path /loans/{loanId}/return --print"));
    assert!(printed.contains("+      operationId: returnBook\n"), "{printed}");
    assert_eq!(files(library), before, "--print writes nothing");
    ok(&add("operation loans returnBook --method post --path /loans/{loanId}/return"));
    assert_eq!(
        std::fs::read_to_string(&rule).unwrap(),
        "//! Mine.\n",
        "a rule that is there stays"
    );
    std::fs::remove_file(&rule).unwrap();
    let contract = text("spec/notes/asyncapi.yaml");
    ok(&add("event loans BookReturned --on returnBook --to notes"));
    assert!(rule.is_file(), "a rule that is missing is begun");
    let kept: Vec<String> = text("spec/notes/asyncapi.yaml").lines().map(str::to_owned).collect();
    // A service that was begun without settings: a further function is made as its library makes the service.
    let document = text("spec/loans/openapi.yaml");
    let given = "x-lambda: {environment: {LETTERS_FROM: 'a@example.com'}}\n\npaths:\n";
    std::fs::write(
        library.join("spec/loans/openapi.yaml"),
        document.replacen("\npaths:\n", &format!("\n{given}"), 1),
    )
    .unwrap();
    let noted = ok(&add("event loans BookReturned --to loans"));
    assert!(noted.contains("add a field `pub settings: Settings` to `Service`"), "{noted}");
    assert!(
        text("services/loans/src/bin/loans-on-book-returned.rs").contains("Service::new(&aws)")
    );
    let second = library.join("services/loans/src/on_book_returned.rs");
    assert!(second.is_file(), "an event may have several receivers");
    let mut kept = kept.iter();
    assert!(
        contract.lines().all(|line| kept.any(|one| one == line)),
        "every line is kept, in order"
    );
    // Receivers of the changes of a table, with the types of its view.
    ok(&add("table loans Shelf --key room --sort number"));
    ok(&add("operation loans getShelf --table Shelf --action get"));
    ok(&add("stream loans Shelf --view NEW_IMAGE"));
    ok(&add("stream loans Loan"));
    let change = std::fs::read_to_string(library.join("services/loans/src/on_shelf_change.rs"));
    assert!(change.unwrap().contains("_change: Change<Shelf, ShelfKey>,"));
    ok(&add("workflow lend loans.getLoan loans.returnBook"));
    interrupted(library, &add);
    interrupted_between_documents(library, &add);
    let before = files(library);
    for (again, says) in [
        ("service loans", "the service `loans` already exists"),
        (
            "operation loans returnBook --method post --path /loans/{loanId}/return",
            "already has `post`",
        ),
        ("operation loan x", "unknown service `loan`; the services are archive, loans, notes"),
        ("table loans Loan", "already has `Loan`"),
        ("event loans BookReturned", "already"),
        ("operation loans other --table Nothing --action get", "unknown table `Nothing`"),
        ("workflow lend loans.nothing", "has no operation `nothing`"),
    ] {
        let output = add(again);
        assert!(
            !output.status.success() && told(&output).contains(says),
            "{again}: {}",
            told(&output)
        );
    }
    assert_eq!(files(library), before);
}

/// The example makes way for the first service of one's own, whose operations use every action that contracts know.
#[test]
fn every_bound_action_can_be_added() {
    let outside = Outside::new("actions");
    ok(&codegen(&outside.0, &["new", "library"]));
    let library = outside.0.join("library");
    for folder in ["spec/notes", "services/notes"] {
        std::fs::remove_dir_all(library.join(folder)).unwrap();
    }
    std::fs::remove_file(library.join("spec/schemas/note.yaml")).unwrap();
    std::fs::write(library.join("spec/policy.yaml"), "ignore: []\n").unwrap();
    let add = |arguments: &str| {
        let arguments: Vec<&str> = ["add"].into_iter().chain(arguments.split(' ')).collect();
        codegen(&library, &arguments)
    };
    let refused = told(&add("table shelves Shelf"));
    assert!(refused.contains("`codegen add service NAME`"), "{refused}");
    ok(&add("service shelves"));
    ok(&add("table shelves Shelf --key room --sort number"));
    for (action, why) in [
        ("update", "no property beside its key"),
        ("increment", "no property that is an integer"),
        ("get --index byLabel", "`--index` goes with"),
        ("query --index byLabel", "has no index `byLabel`; it has []"),
    ] {
        let refused = add(&format!("operation shelves any --table Shelf --action {action}"));
        assert!(!refused.status.success() && told(&refused).contains(why), "{}", told(&refused));
    }
    let document = library.join("spec/shelves/openapi.yaml");
    let text = std::fs::read_to_string(&document).unwrap();
    let key = "        sortKey: number\n      properties:\n";
    assert!(text.contains(key), "{text}");
    let further = "        sortKey: number\n        indexes:\n          - name: byLabel\n            partitionKey: label\n      \
                   properties:\n        label:\n          description: What it says.\n          type: string\n          \
                   minLength: 1\n          maxLength: 40\n        books:\n          description: How many it has.\n          \
                   type: integer\n          format: int32\n";
    let text = text
        .replace(key, further)
        .replace("required: [room, number]", "required: [room, number, label]");
    std::fs::write(&document, text).unwrap();
    for (action, route) in [
        ("get", "  /shelves/{room}/{number}:\n    get:\n"),
        ("batchGet", "    get:\n      operationId: opbatchGet"),
        ("create", "    post:\n      operationId: opcreate"),
        ("upsert", "    put:\n      operationId: opupsert"),
        ("patch", "    patch:\n      operationId: oppatch"),
        ("update", "  /shelves/{room}/{number}/update:\n    post:\n"),
        ("increment", "  /shelves/{room}/{number}/increment:\n    post:\n"),
        ("delete", "    delete:\n      operationId: opdelete"),
        ("query --path /rooms/{room}", "  /rooms/{room}:\n    get:\n"),
        ("query --index byLabel --path /labels", "  /labels:\n    get:\n"),
        ("list --path /all", "  /all:\n    get:\n"),
        ("count", "  /shelves/{room}/count:\n    get:\n"),
        ("count --index byLabel", "  /shelves/count:\n    get:\n"),
        ("put --path /other/{room}/{number}", "  /other/{room}/{number}:\n    put:\n"),
        ("replace --path /more/{room}/{number}", "  /more/{room}/{number}:\n    put:\n"),
    ] {
        let id = if action.contains("Label") { "Label" } else { "" };
        let name = action.split(' ').next().unwrap();
        ok(&add(&format!("operation shelves op{name}{id} --table Shelf --action {action}")));
        let text = std::fs::read_to_string(&document).unwrap();
        assert!(text.contains(route), "{action}: {text}");
    }
    let checked = codegen(&library, &["check"]);
    assert!(checked.status.success(), "{}", told(&checked));
}

/// An addition that was killed when the contract was written is completed by the same command.
fn interrupted(library: &Path, add: &dyn Fn(&str) -> Output) {
    let command = "operation loans extendLoan --method post --path /loans/{loanId}/extension";
    let before = files(library);
    ok(&add(command));
    let after = files(library);
    let contracts = library.join("spec");
    for (path, _) in after.iter().filter(|(path, _)| !path.starts_with(&contracts)) {
        match before.iter().find(|(known, _)| known == path) {
            Some((_, text)) => std::fs::write(path, text).unwrap(),
            None => std::fs::remove_file(path).unwrap(),
        }
    }
    assert_ne!(files(library), after);
    assert!(ok(&add(command)).contains("its files are completed"));
    assert_eq!(files(library), after);
}

/// An addition to several documents that was killed after any of them is completed by the same command.
fn interrupted_between_documents(library: &Path, add: &dyn Fn(&str) -> Output) {
    let command = "event notes NoteRead --on addNote --to archive";
    ok(&add("service archive"));
    let before = files(library);
    let said = ok(&add(command));
    let after = files(library);
    // In the order in which they were written.
    let written = said.lines().filter_map(|line| line.split_whitespace().nth(1));
    let documents: Vec<_> = written.filter(|path| path.starts_with("spec/")).collect();
    assert_eq!(documents.len(), 3, "{said}");
    let text_in = |all: &[(PathBuf, String)], path: &Path| {
        all.iter().find(|(known, _)| known == path).map(|(_, text)| text.clone())
    };
    for n_written in 1..documents.len() {
        for (path, text) in &after {
            let is_written = documents[..n_written].iter().any(|one| library.join(one) == *path);
            match text_in(&before, path) {
                _ if is_written => std::fs::write(path, text).unwrap(),
                Some(old) => std::fs::write(path, old).unwrap(),
                None => std::fs::remove_file(path).unwrap(),
            }
        }
        ok(&add(command));
        assert_eq!(files(library), after, "killed after {n_written} documents");
    }
    let again = add(command);
    assert!(told(&again).contains("the event `NoteRead` already exists"), "{}", told(&again));
}

/// Contracts of others, of any name: the workspace around them builds at once, without a warning.
#[test]
fn contracts_that_exist_get_a_workspace() {
    let outside = Outside::new("from");
    let contract = include_str!("../cases/new/pets.yaml");
    std::fs::create_dir_all(outside.0.join("theirs/types")).unwrap();
    std::fs::write(outside.0.join("theirs/pet_store.v1.yaml"), contract).unwrap();
    let types = include_str!("../cases/new/types/pet.yaml");
    std::fs::write(outside.0.join("theirs/types/pet.yaml"), types).unwrap();
    for (name, text) in [
        ("clinic.yaml", include_str!("../cases/new/clinic/clinic.yaml")),
        ("told.yaml", include_str!("../cases/new/clinic/told.yaml")),
        ("visits.arazzo.yaml", include_str!("../cases/new/clinic/visits.arazzo.yaml")),
    ] {
        std::fs::write(outside.0.join("theirs").join(name), text).unwrap();
    }
    let from = ["pet_store.v1.yaml", "clinic.yaml", "told.yaml", "visits.arazzo.yaml"];
    let from = from.map(|name| format!("theirs/{name}"));
    let named: Vec<&str> = from.iter().flat_map(|path| ["--from", path.as_str()]).collect();
    let said = ok(&codegen(&outside.0, &[&["new", "pet-store-v1"][..], &named].concat()));
    assert!(said.contains("7 operations to implement"), "{said}");
    let system = outside.0.join("pet-store-v1");
    let built = cargo(&system, &["build", "--workspace", "--bins"]);
    assert_eq!(warnings(&built), Vec::<&str>::new());
    let rule =
        std::fs::read_to_string(system.join("services/pet-store-v1/src/add_pet.rs")).unwrap();
    assert!(rule.contains("not implemented yet"), "{rule}");
    assert!(rule.contains("services/pet-store-v1/src/add_pet.rs"), "{rule}");
    let file = |path: &str| std::fs::read_to_string(system.join(path)).unwrap();
    assert!(file("services/pet-store-v1/src/main.rs").contains("Settings::load(&aws).await?"));
    assert!(file(".gitignore").contains("/infra/local.secrets.toml"));
}

#[test]
fn mocks_return_examples_and_workflows_come_along() {
    let outside = Outside::new("mocks");
    let theirs = outside.0.join("theirs");
    std::fs::create_dir_all(theirs.join("flows")).unwrap();
    std::fs::write(theirs.join("shop.yaml"), MOCKED).unwrap();
    std::fs::write(theirs.join("flows/buy.arazzo.yaml"), BUY).unwrap();
    let from = ["new", "shop", "--mock", "--from", "theirs/flows/buy.arazzo.yaml"];
    let said = ok(&codegen(&outside.0, &from));
    assert!(said.contains("1 service (shop), 6 operations"), "{said}");
    assert!(said.contains("1 operation to implement"), "{said}");
    let file = |path: &str| std::fs::read_to_string(outside.0.join("shop").join(path)).unwrap();
    let flow = file("spec/workflows/buy.arazzo.yaml");
    assert!(flow.contains("url: \"../shop/openapi.yaml\"  # beside"), "{flow}");
    let rule = file("services/shop/src/get_thing.rs");
    assert!(rule.contains("\"id\": \"t-1\""), "{rule}");
    assert!(rule.contains("example_with(EXAMPLE, &[(\"id\", &input.id)], &())?"), "{rule}");
    assert!(file("services/shop/src/buy.rs").contains("example_with(EXAMPLE, &[], &input.body)?"));
    assert!(file("services/shop/src/buy.rs").contains("Ok(BuyOutput::new("), "a header and a body");
    // Properties have examples of their own, unless these do not fit.
    let rule = file("services/shop/src/plain.rs");
    for shown in ["\"Anna\"", "42", "\"nick\": \"A\"", "\"red\"", "\"wrong\": 1"] {
        assert!(rule.contains(shown), "{shown}: {rule}");
    }

    // Nothing fits its pattern but what the contract does not say.
    assert!(file("services/shop/src/secret.rs").contains("not implemented yet"));
    assert!(file("generated/workflows/src/lib.rs").contains("buyOne"));

    // A contract that names no success has its `default` response; errors of its own are examples, too.
    let rule = file("services/shop/src/no_success.rs");
    assert!(rule.contains("Ok(NoSuccessOutput::new(200))"), "{rule}");
    let service = file("services/shop/src/lib.rs");
    assert!(service.contains("fn to_words(&self, problem: &Problem) -> "), "{service}");

    let authorizer = file("services/mock-authorizer/src/main.rs");
    assert!(
        authorizer.contains("async fn staff(") && authorizer.contains("authorizer::run(Anyone)")
    );

    // On another machine: the one document that there is.
    let remote = BUY.replace("../shop.yaml", "https://example.com/api/v1");
    std::fs::write(theirs.join("flows/buy.arazzo.yaml"), remote).unwrap();
    let both =
        ["new", "two", "--from", "theirs/shop.yaml", "--from", "theirs/flows/buy.arazzo.yaml"];
    ok(&codegen(&outside.0, &both));
    let alone = codegen(&outside.0, &["new", "three", "--from", "theirs/flows/buy.arazzo.yaml"]);
    let said = told(&alone);
    assert!(!alone.status.success() && said.contains("pass it with --from too"), "{said}");

    // Workflows with errors are left out where that is wanted, with those that call them.
    let faulty = BUY.to_owned()
        + "  - {workflowId: wrong, steps: [{stepId: a, operationId: nothing}]}\n"
        + "  - {workflowId: caller, steps: [{stepId: a, workflowId: wrong}]}\n";
    std::fs::write(theirs.join("flows/buy.arazzo.yaml"), faulty).unwrap();
    let from = ["new", "rest", "--mock", "--from", "theirs/flows/buy.arazzo.yaml"];
    let said = told(&codegen(&outside.0, &from));
    assert!(said.contains("nothing was written") && said.contains("--skip-invalid"), "{said}");
    let skipped = codegen(&outside.0, &[&from[..], &["--skip-invalid-workflows"]].concat());
    let said = told(&skipped);
    assert!(skipped.status.success() && said.contains("there is no operation `nothing`"), "{said}");
    assert!(said.contains("buy.arazzo.yaml: caller, wrong"), "{said}");
    let flow = std::fs::read_to_string(outside.0.join("rest/spec/workflows/buy.arazzo.yaml"));
    assert!(!flow.unwrap().contains("wrong"));
}

#[test]
fn mocks_send_the_headers_that_the_next_request_needs() {
    let outside = Outside::new("located");
    std::fs::write(outside.0.join("yard.yaml"), crate::derive::LOCATED).unwrap();
    ok(&codegen(&outside.0, &["new", "yard", "--mock", "--from", "yard.yaml"]));
    let rule = |name: &str| {
        let path = format!("yard/services/yard/src/{name}.rs");
        std::fs::read_to_string(outside.0.join(path)).unwrap()
    };
    assert!(rule("launch").contains(r#"location: Some(example("\"/boats/1\"")?)"#));
    assert!(rule("boat").contains("e_tag: Some(example("));
    assert!(rule("sew").contains(r#"x_sail: Some(example("1")?)"#), "a link reads it");

    // A path that is no value of the header would fail each call.
    let yard = |name: &str, header: &str| {
        let text = crate::derive::LOCATED
            .replace("Location: {schema: {type: string, maxLength: 99}}", header);
        std::fs::write(outside.0.join(format!("{name}.yaml")), text).unwrap();
        ok(&codegen(&outside.0, &["new", name, "--mock", "--from", &format!("{name}.yaml")]));
        let path = format!("{name}/services/{name}/src/launch.rs");
        std::fs::read_to_string(outside.0.join(path)).unwrap()
    };
    let left_out = yard("bare", "Location: {schema: {type: string, format: uri}}");
    assert!(!left_out.contains("/boats/1") && !left_out.contains("location"), "{left_out}");
    let given =
        "Location: {example: 'https://a.example/boats/7', schema: {type: string, format: uri}}";
    let shown = yard("given", given);
    assert!(shown.contains(r#"example("\"https://a.example/boats/7\"")?"#), "{shown}");
    let needed = "Location: {required: true, schema: {type: string, pattern: '^/b', example: /b/7, maxLength: 5}}";
    let needed = yard("needed", needed);
    assert!(needed.contains(r#"example("\"/b/7\"")?"#), "{needed}");
}

/// Contracts with examples of every kind, and one operation that has none.
const MOCKED: &str = r#"openapi: 3.0.3
info: {title: Shop, version: 1.0.0}
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: A thing., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}, example: {id: t-1}}}}
  /orders:
    post:
      operationId: buy
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        '201':
          description: An order.
          headers: {X-Order: {required: true, schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
  /default:
    get:
      operationId: noSuccess
      responses: {default: {description: It went well.}}
  /words:
    get:
      operationId: words
      parameters: [{name: n, in: query, schema: {type: integer}}]
      responses:
        '200': {description: Words., content: {text/plain: {schema: {type: string}}}}
        '400': {description: Ours., content: {application/json: {schema: {$ref: '#/components/schemas/Words'}}}}
  /plain:
    get:
      operationId: plain
      responses:
        '200':
          description: A person.
          content:
            application/json:
              schema:
                type: object
                required: [name, size, tags, wrong]
                properties:
                  name: {type: string, example: Anna}
                  size: {type: integer, example: 42}
                  nick: {type: string, example: A}
                  tags: {type: array, items: {type: string, example: red}}
                  wrong: {type: integer, example: many}
  /secrets:
    get:
      operationId: secret
      security: [{staff: []}]
      responses:
        '200': {description: A secret., content: {application/json: {schema: {type: object, required: [key], properties: {key: {type: string, pattern: '^k{12}$'}}}}}}
components:
  securitySchemes: {staff: {type: http, scheme: basic}}
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}}}
    Words: {type: object, required: [words], properties: {words: {type: array, items: {type: string}}}}
"#;

const BUY: &str = r"arazzo: 1.0.1
info: {title: Buying, version: 1.0.0}
sourceDescriptions:
  - name: api
    url: ../shop.yaml  # beside
    type: openapi
workflows:
  - workflowId: buyOne
    steps:
      - {stepId: look, operationId: getThing, parameters: [{name: id, in: path, value: t-1}], outputs: {id: $response.body#/id}}
      - {stepId: buy, operationId: buy, requestBody: {payload: {id: $steps.look.outputs.id}}, successCriteria: [{condition: $statusCode == 201}]}
";

#[test]
fn a_wrong_document_is_refused_with_its_own_name() {
    let folder = Folder::new("new-refused");
    folder.write("a/swagger.yaml", "swagger: '2.0'\n");
    folder.write("a/other.yaml", "openapi: 3.0.3\ninfo: {title: Other, version: '1'}\npaths: 3\n");
    for (file, says) in [
        ("a/swagger.yaml", "convert it to OpenAPI 3"),
        ("a/other.yaml", "--> a/other.yaml:3:8"),
        ("a/none.yaml", "the file a/none.yaml does not exist"),
    ] {
        let before = folder.snapshot();
        let output = codegen(folder.path(), &["new", "--from", file]);
        assert!(!output.status.success() && told(&output).contains(says), "{}", told(&output));
        assert_eq!(folder.snapshot(), before);
    }
}

/// What `new` counts is what `check` finds, also by the policy that comes along, its comments and its faults.
#[test]
fn new_counts_what_check_lists() {
    let folder = Folder::new("new-counts");
    let said = ok(&codegen(folder.path(), &["new", "library"]));
    assert!(!said.contains("the contracts have"), "{said}");
    let contract = "openapi: 3.0.3\ninfo: {title: A, version: 1.0.0}\n# codegen: ignore security-unsaid: a sketch\npaths:\n  \
                    /a:\n    get: {operationId: a, responses: {'204': {description: Done.}}}\n";
    folder.write("from/a/openapi.yaml", contract);
    for (name, policy) in [
        ("plain", None),
        ("less", Some("levels: {operation-summary: off}\n")),
        ("idle", Some("ignore: [{rule: array-items, reason: there is none}]\n")),
        ("nowhere", Some("paths: [{where: nowhere/, levels: {string-unbounded: off}}]\n")),
        ("faulty", Some("levels: {no-such-rule: off}\n")),
    ] {
        if let Some(policy) = policy {
            folder.write("from/policy.yaml", policy);
        }
        let said = ok(&codegen(folder.path(), &["new", name, "--from", "from"]));
        let counted = said.lines().find(|line| line.starts_with("the contracts have"));
        let counted = counted.unwrap_or_default().replace(" and ", ", ");
        let listed = told(&codegen(&folder.path().join(name), &["check"]));
        let listed = listed.lines().find_map(|line| line.strip_prefix("found ")).unwrap();
        assert!(
            counted.starts_with(&format!("the contracts have {listed};")),
            "{counted}\n{listed}"
        );
    }
}

/// A folder of files that services share is none of a service.
#[test]
fn the_folder_of_shared_schemas_is_no_new_service() {
    let folder = Folder::new("add-shared");
    folder.write("spec/common/name.yaml", "{type: string, maxLength: 9}\n");
    let schema = "{content: {text/plain: {schema: {$ref: ../common/name.yaml}}}, description: It.}";
    let contract = format!(
        "openapi: 3.0.3\ninfo: {{title: A, version: 1.0.0}}\nsecurity: []\npaths: {{/a: {{get: {{operationId: a, \
         responses: {{'200': {schema}}}}}}}}}\n"
    );
    folder.write("spec/a/openapi.yaml", &contract);
    for name in ["common", "schemas"] {
        let refused = codegen(folder.path(), &["add", "service", name]);
        let said = told(&refused);
        assert!(!refused.status.success() && said.contains("choose another name"), "{said}");
    }
    ok(&codegen(folder.path(), &["add", "service", "b"]));
    ok(&codegen(folder.path(), &["add", "workflow", "read", "a.a"]));
    let first = folder.read("spec/workflows/read.arazzo.yaml");
    assert!(first.starts_with("# yaml-language-server: $schema=../../.schemas/arazzo."), "{first}");
}

/// Whatever is there stays as it is: the same again is no work, and what differs is named.
#[test]
fn new_may_be_repeated_and_replaces_nothing() {
    let folder = Folder::new("new-again");
    folder.write("library/notes.txt", "mine");
    ok(&codegen(folder.path(), &["new", "library"]));
    let first = folder.snapshot();
    let again = ok(&codegen(folder.path(), &["new", "library"]));
    assert!(again.contains(" 0 files written"), "{again}");
    assert_eq!(folder.snapshot(), first);

    // As after an interruption.
    std::fs::remove_file(folder.path().join("library/README.md")).unwrap();
    std::fs::remove_dir_all(folder.path().join("library/services")).unwrap();
    ok(&codegen(folder.path(), &["new", "library"]));
    assert_eq!(folder.snapshot(), first);

    folder.write("library/spec/notes/openapi.yaml", "mine");
    folder.write("library/generated/client/Cargo.toml", "mine");
    std::fs::remove_file(folder.path().join("library/generated/manifest.json")).unwrap();
    let before = folder.snapshot();
    let output = codegen(folder.path(), &["new", "library"]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("library/spec/notes/openapi.yaml"), "{said}");
    assert!(said.contains("library/generated/client/Cargo.toml"), "{said}");
    assert_eq!(folder.snapshot(), before);

    folder.write("file", "mine");
    let said = told(&codegen(folder.path(), &["new", "file"]));
    assert!(said.contains("file is not a folder"), "{said}");
    for name in ["a b!", "1st", "-x"] {
        assert!(!codegen(folder.path(), &["new", "--", name]).status.success(), "{name}");
    }
}

/// The public registry has other packages under these names, so a version alone is not taken from there.
#[test]
fn a_new_system_takes_its_crates_from_where_it_is_told() {
    let folder = Folder::new("new-from");
    let url = "https://example.com/tools.git";
    ok(&codegen(folder.path(), &["new", "one", "--git", url, "--rev", "v1"]));
    ok(&codegen(folder.path(), &["new", "two", "--registry", "acme", "--release", "1.2.3"]));
    let manifest = |name: &str| folder.read(&format!("{name}/Cargo.toml"));
    for name in ["runtime", "stage", "harness"] {
        let git = format!("{name} = {{ git = \"{url}\", rev = \"v1\" }}");
        let registry = format!("{name} = {{ version = \"1.2.3\", registry = \"acme\" }}");
        assert!(manifest("one").contains(&git), "{}", manifest("one"));
        assert!(manifest("two").contains(&registry), "{}", manifest("two"));
    }
    let refused = codegen(folder.path(), &["new", "three", "--release", "1.2.3"]);
    assert!(told(&refused).contains("--registry"), "{}", told(&refused));
    assert!(!folder.path().join("three").exists());
}

/// Nothing of this workspace is needed around generated crates: neither keys, nor lints, nor names.
#[test]
fn generated_crates_fit_a_bare_workspace() {
    let outside = Outside::new("bare");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    std::fs::create_dir_all(outside.0.join("contracts/pets/types")).unwrap();
    std::fs::write(
        outside.0.join("contracts/pets/openapi.yaml"),
        include_str!("../cases/new/pets.yaml"),
    )
    .unwrap();
    std::fs::write(
        outside.0.join("contracts/pets/types/pet.yaml"),
        include_str!("../cases/new/types/pet.yaml"),
    )
    .unwrap();
    let generate = || codegen(&outside.0, &["--spec", "contracts", "--out", "made/code"]);
    std::fs::write(outside.0.join("Cargo.toml"), "[workspace]\n").unwrap();
    let said = ok(&generate());
    assert!(said.contains("add to [workspace.dependencies]: runtime ="), "{said}");
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"made/code/pets\", \"made/code/client\"]\n\
         [workspace.metadata.codegen]\nprefix = \"acme-\"\nruntime = {{ path = {runtime:?} }}\n"
    );
    std::fs::write(outside.0.join("Cargo.toml"), manifest).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(root, outside.0.join("Cargo.lock")).unwrap();
    let said = ok(&generate());
    assert!(!said.contains("note:"), "{said}");
    let built = cargo(&outside.0, &["build"]);
    assert!(built.contains("acme-pets-contract") && built.contains("acme-client"), "{built}");
    assert_eq!(warnings(&built), Vec::<&str>::new());
}

#[test]
fn a_folder_of_contracts_becomes_a_workspace() {
    let outside = Outside::new("new-folder");
    let sender = "asyncapi: 3.0.0
info: {title: A events, version: '1'}
channels:
  bus: {address: Two, messages: {Done: {payload: {type: object}}}, bindings: {x-eventbridge: {bus: Two}}}
operations:
  send: {action: send, channel: {$ref: '#/channels/bus'}}
";
    let receiver = "asyncapi: 3.0.0
info: {title: B events, version: '1'}
channels:
  bus:
    address: Two
    messages: {Done: {$ref: '../b/asyncapi.yaml#/channels/bus/messages/Done'}}
    bindings: {x-eventbridge: {bus: Two}}
operations:
  take: {action: receive, channel: {$ref: '#/channels/bus'}}
";
    let rest = "openapi: 3.1.0
info: {title: A, version: '1'}
security: []
paths:
  /a: {post: {operationId: doIt, x-publishes: [Done], responses: {'204': {description: Done.}}}}
";
    for (path, text) in [
        ("contracts/b/asyncapi.yaml", sender),
        ("contracts/a/asyncapi.yaml", receiver),
        ("contracts/b/openapi.yaml", rest),
        ("contracts/defaults.yaml", "alarms: operation\n"),
        ("contracts/policy.yaml", "preset: minimal\n"),
        ("contracts/consumers/web.yaml", "operations: {POST /a: {}}\n"),
    ] {
        let path = outside.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let said = ok(&codegen(&outside.0, &["new", "two", "--from", "contracts"]));
    assert!(said.contains("2 services (a, b), 1 operation, 1 event"), "{said}");
    // Without a table, its settings are none of the template's.
    let checked = ok(&codegen(&outside.0.join("two"), &["check"]));
    assert!(!checked.contains("stage-settings"), "{checked}");
    // What the folder says beside its documents comes along, and additions keep to it.
    let in_two = |path: &str| std::fs::read_to_string(outside.0.join("two").join(path)).unwrap();
    assert_eq!(in_two("spec/policy.yaml"), "preset: minimal\n");
    assert_eq!(in_two("spec/consumers/web.yaml"), "operations: {POST /a: {}}\n");
    assert!(in_two("generated/infra/template.yaml").contains("DoItFailing"));
    ok(&codegen(&outside.0.join("two"), &["add", "operation", "b", "other", "--path", "/b"]));
    ok(&codegen(&outside.0.join("two"), &["check"]));
    let empty = codegen(&outside.0, &["new", "none", "--from", "two/infra"]);
    assert!(!empty.status.success());
    assert!(String::from_utf8_lossy(&empty.stderr).contains("name the documents themselves"));
}

/// Credentials that only the system can verify need a program, or nothing starts.
#[test]
fn credentials_of_ones_own_get_a_program_to_complete() {
    let outside = Outside::new("own-credentials");
    let basic = "openapi: 3.0.3\ninfo: {title: Doors, version: '1'}\ncomponents: {securitySchemes: {\
                 staff: {type: http, scheme: basic}, door: {type: apiKey, in: header, name: X-Door}}}\n\
                 security: [{staff: []}, {door: []}]\npaths: {/a: {get: {operationId: a, requestBody: {content: {application/json: {schema: {type: object}}}}, \
                 responses: {'200': {description: ok}}}}}\n";
    std::fs::write(outside.0.join("doors.yaml"), basic).unwrap();
    let said = ok(&codegen(&outside.0, &["new", "doors", "--from", "doors.yaml"]));
    assert!(said.contains("services/authorizer/src/main.rs"), "{said}");
    assert!(
        said.contains("body-not-allowed (1)") && said.contains("`codegen check` lists them"),
        "{said}"
    );
    let doors = outside.0.join("doors");
    let program = doors.join("services/authorizer/src/main.rs");
    let text = std::fs::read_to_string(&program).unwrap();
    assert!(text.contains("fn staff") && text.contains("not implemented yet"), "{text}");
    let built = cargo(&doors, &["build", "--package", "doors-own-authorizer"]);
    assert_eq!(warnings(&built), Vec::<&str>::new());

    // One that went away, or contracts that ask for it later, is begun by `add`; one of people's own is left alone.
    std::fs::remove_dir_all(doors.join("services/authorizer")).unwrap();
    ok(&codegen(&doors, &["add", "service", "doors"]));
    assert_eq!(std::fs::read_to_string(&program).unwrap(), text);
    std::fs::rename(doors.join("services/authorizer"), doors.join("services/callers")).unwrap();
    let again = told(&codegen(&doors, &["add", "service", "doors"]));
    assert!(!doors.join("services/authorizer").exists(), "{again}");
}

#[cfg(unix)]
#[test]
fn the_folder_that_one_is_in_has_a_name_and_a_link_to_nothing_is_none() {
    let outside = Outside::new("here");
    let said = ok(&codegen(&outside.0, &["new", "."]));
    assert!(said.starts_with("created .: 1 service"), "{said}");
    let link = outside.0.join("link");
    std::os::unix::fs::symlink("nowhere", &link).unwrap();
    let refused = codegen(&outside.0, &["new", "link"]);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(told(&refused).contains("is a symbolic link to nothing"), "{}", told(&refused));
    assert!(!outside.0.join("nowhere").exists());
}
