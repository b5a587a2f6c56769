//! Registered consumers: whom a change concerns, and what is accepted while it concerns none of them.

use crate::output::Folder;
use crate::programs::codegen;

const CONTRACT: &str = "\
openapi: 3.0.3
info: {title: Parcel, version: 1.0.0}
security: []
paths:
  /parcels/{code}:
    get:
      operationId: readParcel
      parameters:
        - {name: code, in: path, required: true, schema: {type: string, maxLength: 9}}
        - {name: lang, in: query, schema: {type: string, maxLength: 5}}
      responses:
        '200':
          description: The parcel.
          content:
            application/json:
              schema:
                type: object
                required: [code, note, items]
                properties:
                  code: {type: string}
                  note: {type: string}
                  items:
                    type: array
                    items: {type: object, required: [weight], properties: {weight: {type: integer}}}
";

const EVENTS: &str = "\
asyncapi: 3.0.0
info: {title: Parcel, version: 1.0.0}
channels:
  sent:
    address: sent
    messages: {Sent: {payload: {type: object, properties: {code: {type: string}}}}}
operations:
  sendSent: {action: send, channel: {$ref: '#/channels/sent'}}
";

const WEB: &str = "\
operations:
  GET /parcels/{code}:
    reads: [/code, /items/*/weight]
    sends: []
";

const PACT: &str = r#"{
  "consumer": {"name": "app"}, "provider": {"name": "parcel"},
  "interactions": [{
    "description": "reads", "request": {"method": "get", "path": "/parcels/p1", "query": {"lang": ["en"]}},
    "response": {"status": 200, "body": {"note": "n"}}
  }],
  "metadata": {"pactSpecification": {"version": "3.0.0"}}
}"#;

const PACT_4: &str = r#"{
  "consumer": {"name": "desk"}, "provider": {"name": "parcel"},
  "interactions": [{
    "type": "Synchronous/HTTP", "request": {"method": "GET", "path": "/parcels/p1"},
    "response": {"status": 200, "body": {"contentType": "application/json", "content": {"code": "p1"}}}
  }],
  "metadata": {"pactSpecification": {"version": "4.0"}}
}"#;

fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("before/parcel/openapi.yaml", CONTRACT);
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    folder.write("spec/consumers/web.yaml", WEB);
    folder.write("spec/consumers/app.json", PACT);
    folder.write("spec/consumers/desk.json", PACT_4);
    folder
}

fn diff(folder: &Folder, from: &str, to: &str) -> (i32, String) {
    assert!(CONTRACT.contains(from), "{from}");
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace(from, to));
    let (code, _, told) = codegen(folder.path(), &["diff", "before"]);
    (code, told)
}

#[test]
fn a_change_names_whom_it_concerns() {
    let folder = repository("consumers-named");
    let concerned = |from: &str, to: &str, names: &str| {
        let (_, told) = diff(&folder, from, to);
        assert!(told.contains(names), "{names}: {told}");
    };
    concerned(
        "required: [code, note, items]",
        "required: [code, items]",
        "registered consumers: app\n",
    );
    concerned(
        "required: [code, note, items]",
        "required: [note, items]",
        "registered consumers: desk, web\n",
    );
    concerned("required: [weight]", "required: []", "registered consumers: web\n");
    concerned(
        "{type: string, maxLength: 5}",
        "{type: string, maxLength: 4}",
        "registered consumers: app\n",
    );
    concerned(
        "schema: {type: string, maxLength: 5}}",
        "required: true, schema: {type: string, maxLength: 5}}",
        "registered consumers: app, desk, web\n",
    );
    concerned("  /parcels/{code}:", "  /parcel/{code}:", "registered consumers: app, desk, web\n");
}

#[test]
fn a_consumer_that_no_longer_says_what_it_uses_is_told() {
    let folder = repository("consumers-dropped");
    folder.write("before/consumers/web.yaml", WEB);
    folder.write("before/consumers/desk.json", PACT_4);
    folder.write("before/consumers/gone.yaml", "operations: {'GET /parcels/{code}': {}}\n");
    let told = |web: &str| {
        folder.write("spec/consumers/web.yaml", web);
        let (code, _, told) = codegen(folder.path(), &["diff", "before"]);
        (code, told)
    };
    let (code, all) = told(WEB);
    assert_eq!(code, 0, "{all}");
    assert!(
        all.contains(
            "note[policy-relaxed]: the consumer `gone` of `before` is no longer registered"
        ),
        "{all}"
    );
    assert!(!all.contains("web"), "{all}");
    assert!(!all.contains("desk"), "{all}");
    let (_, fewer) = told(&WEB.replace("/code, ", ""));
    let message = "`web` no longer reads `/code` of `GET /parcels/{code}`, but did in `before`";
    assert!(fewer.contains(message), "{fewer}");
    assert!(fewer.contains("--> spec/consumers/web.yaml:2:3"), "{fewer}");
    let (_, none) = told("events: {}\n");
    assert!(none.contains("`web` no longer uses `GET /parcels/{code}`"), "{none}");
    let (_, more) = told("operations: {'GET /parcels/{code}': {}}\n");
    assert!(!more.contains("web"), "{more}");
}

#[test]
fn an_ignore_that_a_consumer_stands_against_is_not_called_unused() {
    let folder = repository("consumers-protected");
    let ignore = "ignore:\n  - rule: response-property-became-optional\n    reason: nobody reads it\n    consumers: [app]\n";
    folder.write("spec/policy.yaml", ignore);
    let (code, told) = diff(&folder, "required: [code, note, items]", "required: [code, items]");
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("which the policy does not accept for consumers that it concerns"),
        "{told}"
    );
    assert!(!told.contains("unused-ignore"), "{told}");
}

#[test]
fn a_pact_says_where_it_names_what_does_not_exist_and_what_is_empty() {
    let folder = repository("consumers-pact");
    let pact = r#"{
  "consumer": {"name": "app"}, "provider": {"name": "parcel"},
  "interactions": [
    {
      "description": "reads",
      "request": {"method": "get", "path": "/parcels/p1"},
      "response": {"status": 200, "body": {"items": []}}
    },
    {
      "description": "loses",
      "request": {"method": "get", "path": "/lost"},
      "response": {"status": 200}
    }
  ],
  "messages": [
    {"description": "a parcel went", "metaData": {"detail-type": "ParcelGone"}, "contents": {"code": "p1"}},
    {"description": "one came", "contents": {"detail-type": "ParcelCame", "detail": {"code": "p1"}}}
  ]
}"#;
    folder.write("spec/consumers/app.json", pact);
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    let tells = |message: &str, place: &str| {
        let at = told.find(message).unwrap_or_else(|| panic!("{message}: {told}"));
        let shown: Vec<_> = told[at..].lines().take(2).collect();
        assert!(shown.join("\n").contains(place), "{place}: {shown:?}");
    };
    tells("`app` uses the operation `GET /lost`", "spec/consumers/app.json:11:");
    tells("`app` uses the event `ParcelGone`", "spec/consumers/app.json:16:");
    tells("`app` uses the event `ParcelCame`", "spec/consumers/app.json:17:");
    let (_, told) = diff(&folder, "required: [weight]", "required: []");
    assert!(told.contains("registered consumers: app, web\n"), "{told}");
}

#[test]
fn a_change_is_accepted_while_it_concerns_none_of_the_named() {
    let folder = repository("consumers-accepted");
    let policy = |names: &str| {
        let ignore = format!(
            "ignore:\n  - rule: response-property-became-optional\n    reason: nobody reads it\n    consumers: [{names}]\n"
        );
        folder.write("spec/policy.yaml", &ignore);
        diff(&folder, "required: [code, note, items]", "required: [code, items]")
    };
    assert_eq!(policy("web, desk").0, 0);
    let (code, told) = policy("web, app");
    assert!(code == 1 && told.contains("registered consumers: app"), "{told}");
    let (code, told) = policy("nobody");
    assert!(code == 1 && told.contains("unknown consumer `nobody`"), "{told}");
    let (code, told) = policy("");
    assert!(code == 1 && told.contains("`consumers` must be a list of names"), "{told}");
}

/// Members of deep objects, encoded names and cookies are uses of their parameter.
#[test]
fn a_parameter_is_used_however_a_request_writes_it() {
    let more = "        - {name: f, in: query, style: deepObject, schema: {type: object, properties: {k: {type: string, enum: [a, b]}}}}\n        - {name: c, in: cookie, schema: {type: string, enum: [a, b]}}\n      responses:";
    let folder = repository("consumers-written");
    let old = CONTRACT.replace("      responses:", more);
    folder.write("before/parcel/openapi.yaml", &old);
    let accepts = "ignore:\n  - rule: request-parameter-enum-value-removed\n    reason: unused\n    consumers: [app]\n";
    folder.write("spec/policy.yaml", accepts);
    let changed = |which: &str, request: &str| {
        let enums: Vec<_> = old.match_indices("enum: [a, b]").collect();
        let at = enums[usize::from(which == "c")].0;
        let new = format!("{}enum: [a]{}", &old[..at], &old[at + "enum: [a, b]".len()..]);
        folder.write("spec/parcel/openapi.yaml", &new);
        let pact = PACT.replace(r#""query": {"lang": ["en"]}"#, request);
        assert_ne!(pact, PACT);
        folder.write("spec/consumers/app.json", &pact);
        codegen(folder.path(), &["diff", "before"])
    };
    for (which, request) in [
        ("f", r#""query": {"f[k]": ["b"]}"#),
        ("f", r#""query": "f%5Bk%5D=b""#),
        ("c", r#""headers": {"Cookie": "a=1; c=b"}"#),
        ("c", r#""headers": {"cookie": ["c=b"]}"#),
    ] {
        let (code, _, told) = changed(which, request);
        assert!(code == 1 && told.contains("registered consumers: app"), "{request}: {told}");
    }
    let (code, _, told) = changed("c", r#""query": {"f[k]": ["b"]}"#);
    assert_eq!(code, 0, "{told}");
    let har = r#"{"log": {"entries": [{"request": {"method": "GET", "url": "https://a.example/parcels/p1", "queryString": [{"name": "f%5Bk%5D", "value": "b"}]}, "response": {"status": 204}}]}}"#;
    folder.write("use.har", har);
    let (code, _, told) =
        codegen(folder.path(), &["consumers", "record", "site", "--har", "use.har"]);
    assert_eq!(code, 0, "{told}");
    assert!(folder.read("spec/consumers/site.yaml").contains("sends: [\"f\"]"));
}

/// What a misspelt entry was meant for, nobody knows: a change may concern it, and `diff` says so.
#[test]
fn a_misspelt_use_is_concerned_in_doubt() {
    let folder = repository("consumers-misspelt");
    let accepts = "ignore:\n  - rule: response-property-became-optional\n    reason: unused\n    consumers: [web]\n";
    folder.write("spec/policy.yaml", accepts);
    for (web, is_accepted) in [
        ("operations:\n  GET /parcels/{code}: {reads: [/code]}\n", true),
        ("operations:\n  GET /parcels/{code}: {reads: [note]}\n", false),
        ("operations:\n  GET /parcels/{code}: {reads: [/code], sends: [nothing]}\n", true),
        ("operations:\n  get /parcels/{code}: {reads: [/note]}\n", false),
        ("operations:\n  GET /parcel/{code}: {reads: [/note]}\n", false),
        ("events:\n  Nothing: {}\n", true),
    ] {
        folder.write("spec/consumers/web.yaml", web);
        let (code, told) =
            diff(&folder, "required: [code, note, items]", "required: [code, items]");
        assert_eq!(code == 0, is_accepted, "{web}: {told}");
        let is_lost =
            ["[note]", "nothing", "/parcel/", "Nothing"].iter().any(|one| web.contains(one));
        assert_eq!(told.contains("warning[consumer-of-nothing]"), is_lost, "{web}: {told}");
    }
}

/// A file below the folder of consumers is not left out silently.
#[test]
fn a_consumer_too_deep_is_told() {
    let folder = repository("consumers-deep");
    folder.write("spec/consumers/sub/other.yaml", WEB);
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    assert!(told.contains("move it to `spec/consumers/other.yaml`"), "{told}");
}

#[test]
fn a_wrong_consumer_is_refused_with_its_place() {
    let folder = repository("consumers-wrong");
    for (text, says) in [
        ("operation: {}\n", "unknown key `operation`"),
        ("operations: {/parcels: {}}\n", "this is not a route"),
        ("operations: {GET /parcels: {reads: all}}\n", "expected a list of fields"),
        ("- a\n", "expected a mapping"),
    ] {
        folder.write("spec/consumers/web.yaml", text);
        let (code, _, told) = codegen(folder.path(), &["diff", "before"]);
        assert!(code == 1 && told.contains(says), "{text}: {told}");
        assert!(told.contains("spec/consumers/web.yaml:1:"), "{told}");
    }
}

#[test]
fn use_is_recorded_from_an_http_archive() {
    let folder = repository("consumers-record");
    let har = r#"{"log": {"entries": [
        {"request": {"method": "GET", "url": "https://api.example.com/dev/parcels/p1?lang=en", "queryString": [{"name": "lang", "value": "en"}]},
         "response": {"status": 200, "content": {"text": "{\"code\": \"p1\", \"items\": [{\"weight\": 1}]}"}}},
        {"request": {"method": "GET", "url": "https://api.example.com/dev/elsewhere"}, "response": {"status": 404}}]}}"#;
    folder.write("use.har", har);
    let record = ["consumers", "record", "site", "--har", "use.har"];
    let (code, line, told) = codegen(folder.path(), &record);
    assert_eq!(code, 0, "{told}");
    assert!(line.contains("1 operation; 1 recorded request without a matching route"), "{line}");
    let text = folder.read("spec/consumers/site.yaml");
    assert!(text.contains("  \"GET /parcels/{code}\":\n    reads: [\"/code\", \"/items/*/weight\"]\n    sends: [\"lang\"]\n"), "{text}");
    let (_, told) = diff(&folder, "required: [weight]", "required: []");
    assert!(told.contains("registered consumers: site, web\n"), "{told}");
    let (code, _, told) = codegen(folder.path(), &record);
    assert!(code == 2 && told.contains("already exists"), "{told}");
    folder.write("use.har", "{}");
    let (code, _, told) =
        codegen(folder.path(), &["consumers", "record", "other", "--har", "use.har"]);
    assert!(code == 2 && told.contains("is not an HTTP archive"), "{told}");
}

#[test]
fn recorded_headers_and_cookies_count_where_the_contract_names_them() {
    let folder = repository("consumers-record-headers");
    let more = "        - {name: X-Tenant, in: header, schema: {type: string}}\n        - {name: seen, in: cookie, schema: {type: string}}\n      responses:";
    folder.write("spec/parcel/openapi.yaml", &CONTRACT.replace("      responses:", more));
    let har = r#"{"log": {"entries": [
        {"request": {"method": "GET", "url": "https://api.example.com/parcels/p1",
          "headers": [{"name": "x-tenant", "value": "a"}, {"name": "User-Agent", "value": "b"}],
          "cookies": [{"name": "seen", "value": "1"}, {"name": "session", "value": "2"}]},
         "response": {"status": 200, "content": {"text": "{}"}}}]}}"#;
    folder.write("use.har", har);
    let (code, _, told) =
        codegen(folder.path(), &["consumers", "record", "site", "--har", "use.har"]);
    assert_eq!(code, 0, "{told}");
    let text = folder.read("spec/consumers/site.yaml");
    assert!(text.contains("    sends: [\"X-Tenant\", \"seen\"]\n"), "{text}");
}

#[test]
fn a_consumer_of_what_does_not_exist_is_told() {
    let folder = Folder::new("consumer-of-nothing");
    folder.write("spec/parcel/openapi.yaml", CONTRACT);
    let web = "operations:\n  GET /parcel/{code}: {}\n  GET /parcels/p1: {}\nevents:\n  Sent: {}\n";
    folder.write("spec/consumers/web.yaml", web);
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    for text in [
        "warning[consumer-of-nothing]: `web` uses the operation `GET /parcel/{code}`, which does not exist",
        "--> spec/consumers/web.yaml:2:3",
        "did you mean `GET /parcels/{code}`?",
        "`web` uses the event `Sent`, which does not exist",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    assert!(!told.contains("`GET /parcels/p1`"), "{told}");

    let reads = "operations:\n  GET /parcels/{code}: {reads: [/code, code, /cod, /*], sends: [Code, kode, Accept]}\n";
    folder.write("spec/consumers/web.yaml", reads);
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    for text in [
        "`web` reads `code` of `GET /parcels/{code}`, which does not exist",
        "write a pointer to a field: `/code`",
        "`web` reads `/cod` of",
        "`web` reads `/*` of",
        "`web` sends `kode` of",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    assert_eq!(told.matches("consumer-of-nothing").count(), 4, "{told}");

    // A free-form problem has the members of one, and an event no parameters.
    let open = CONTRACT.replace("      responses:\n", "      responses:\n        default: {description: no, content: {application/problem+json: {schema: {type: object}}}}\n");
    assert_ne!(open, CONTRACT);
    folder.write("spec/parcel/openapi.yaml", &open);
    folder.write("spec/parcel/asyncapi.yaml", EVENTS);
    let reads = "operations:\n  GET /parcels/{code}: {reads: [/code, /cod, /detail]}\nevents:\n  Sent: {reads: [/code], sends: [a]}\n";
    folder.write("spec/consumers/web.yaml", reads);
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    for text in ["`web` reads `/cod` of `GET /parcels/{code}`", "`web` sends `a` of `Sent`"] {
        assert!(told.contains(text), "{text}: {told}");
    }
    assert_eq!(told.matches("consumer-of-nothing").count(), 2, "{told}");

    // What describes itself is asked for itself, beside others that say nothing.
    let typed = open.replace("        default: {", "        '402': {description: no, content: {application/problem+json: {schema: {type: object, properties: {balance: {type: integer}}}}}}\n        default: {");
    folder.write("spec/parcel/openapi.yaml", &typed);
    let reads = "operations:\n  GET /parcels/{code}: {reads: [/balance, /code]}\n";
    folder.write("spec/consumers/web.yaml", reads);
    let (_, _, told) = codegen(folder.path(), &["lint"]);
    assert_eq!(told.matches("consumer-of-nothing").count(), 0, "{told}");

    for wrong in [
        "operations: 5",
        "events: [a]",
        "operations: {GET /parcels/p1: 5}",
        "events: {Sent: {reads: [5]}}",
    ] {
        folder.write("spec/consumers/web.yaml", &format!("{wrong}\n"));
        let (code, _, told) = codegen(folder.path(), &["lint"]);
        assert!(code != 0 && told.contains("error[consumer]"), "{wrong}: {told}");
    }
}

/// Answers one question as the console of a stage does.
fn stage_with(archive: &str) -> (String, std::thread::JoinHandle<String>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{archive}",
        archive.len()
    );
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut buffer = [0; 1024];
        while !asked.ends_with(b"\r\n\r\n") {
            let n_bytes = stream.read(&mut buffer).unwrap();
            asked.extend_from_slice(&buffer[..n_bytes]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(asked).unwrap()
    });
    (url, answering)
}

#[test]
fn use_is_recorded_from_what_a_stage_received() {
    let folder = repository("consumers-stage");
    let archive = r#"{"log": {"entries": [{
        "request": {"method": "GET", "url": "http://127.0.0.1:1/local/parcels/p1?lang=en",
            "queryString": [{"name": "lang", "value": "en"}]},
        "response": {"status": 200, "content": {"text": "{\"code\": \"p1\", \"note\": \"n\"}"}}
    }]}}"#;
    let (url, answering) = stage_with(archive);
    let record = ["consumers", "record", "mobile", "--stage", &url];
    let (code, _, told) = codegen(folder.path(), &record);
    assert_eq!(code, 0, "{told}");
    assert!(answering.join().unwrap().starts_with("GET /_stage/requests.har HTTP/1.1\r\n"));
    let written =
        std::fs::read_to_string(folder.path().join("spec/consumers/mobile.yaml")).unwrap();
    assert!(
        written.contains("\"GET /parcels/{code}\"") && written.contains("\"lang\""),
        "{written}"
    );
    assert!(written.contains("\"/code\"") && written.contains("\"/note\""), "{written}");
    let gone = ["consumers", "record", "other", "--stage", "http://127.0.0.1:1"];
    let (code, _, told) = codegen(folder.path(), &gone);
    assert!(code == 2 && told.contains("no local stage responds at http://127.0.0.1:1"), "{told}");
    let (code, _, told) =
        codegen(folder.path(), &["consumers", "record", "other", "--stage", "local"]);
    assert!(code == 2 && told.contains("no stage is running in this folder"), "{told}");
    let (code, _, told) = codegen(folder.path(), &["consumers", "record", "other"]);
    assert!(code == 2 && told.contains("--har"), "{told}");
}

/// Files of Pact name an event by what the bus calls it, and others may.
#[test]
fn an_event_is_known_by_its_detail_type() {
    let folder = repository("consumers-detail-type");
    let events = |payload: &str| {
        let message = format!(
            "{{x-amazon-events-source: p, x-amazon-events-detail-type: Parcel Sent, payload: {payload}}}"
        );
        EVENTS.replace("{payload: {type: object, properties: {code: {type: string}}}}", &message)
    };
    let old = "{type: object, required: [code], properties: {code: {type: string}}}";
    folder.write("before/parcel/asyncapi.yaml", &events(old));
    folder.write("spec/parcel/asyncapi.yaml", &events("{type: object, properties: {}}"));
    let used = "events: {Parcel Sent: {reads: [/code]}}\n";
    folder.write("spec/consumers/late.yaml", used);
    let pact = r#"{
  "consumer": {"name": "bus"}, "provider": {"name": "parcel"},
  "messages": [{"description": "sent", "metaData": {"detail-type": "Parcel Sent"}, "contents": {"code": "p1"}}]
}"#;
    folder.write("spec/consumers/bus.json", pact);
    let (_, _, told) = codegen(folder.path(), &["diff", "before"]);
    assert!(told.contains("registered consumers: bus, late\n"), "{told}");
    assert!(!told.contains("consumer-of-nothing"), "{told}");
}

/// A body that nobody can read may hold anything.
#[test]
fn all_is_used_of_a_body_that_cannot_be_read() {
    let folder = repository("consumers-unread");
    let recorded = |name: &str, request: &str, response: &str| {
        let har = format!(
            r#"{{"log": {{"entries": [{{"request": {{"method": "GET", "url": "https://api.example.com/parcels/p1"{request}}}, "response": {response}}}]}}}}"#
        );
        folder.write("use.har", &har);
        let (code, line, told) =
            codegen(folder.path(), &["consumers", "record", name, "--har", "use.har"]);
        assert_eq!(code, 0, "{told}");
        (folder.read(&format!("spec/consumers/{name}.yaml")), line)
    };
    let base64 = r#"{"status": 200, "content": {"size": 14, "encoding": "base64", "text": "eyJjb2RlIjoicDEifQ=="}}"#;
    let (text, _) = recorded("coded", "", base64);
    assert!(text.contains("    reads: [\"/code\"]\n    sends: []\n"), "{text}");
    for (at, response) in [
        r#"{"status": 200, "content": {"size": 14}}"#,
        r#"{"status": 200, "content": {"size": 14, "text": "a,b"}}"#,
        r#"{"status": 304, "content": {"size": 0}}"#,
        r#"{"status": 200, "content": {"size": -1}}"#,
    ]
    .iter()
    .enumerate()
    {
        let (text, line) = recorded(&format!("unread{at}"), "", response);
        assert!(!text.contains(" reads: ["), "{text}");
        assert!(line.contains("1 operation with a body that is no JSON"), "{line}");
    }
    let csv = r#", "postData": {"mimeType": "text/csv", "text": "a,b"}"#;
    let (text, _) = recorded("csv", csv, r#"{"status": 204}"#);
    assert!(text.contains("    reads: []\n") && !text.contains(" sends: ["), "{text}");
    let both = r#"{"status": 200, "content": {"size": 14}}"#;
    recorded("both", csv, both);
    let (_, told) = diff(&folder, "required: [weight]", "required: []");
    assert!(told.contains("both, unread0, unread1, unread2, unread3, web\n"), "{told}");
}
