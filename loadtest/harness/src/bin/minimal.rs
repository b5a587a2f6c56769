//! The smallest load test: a system without contracts, written down by hand. Something is made under a key of the
//! visit's own, and must be there afterwards, once.
//!
//! `minimal --stage http://127.0.0.1:8080`, where `POST /things/{key}` makes and `GET /things/{key}` lists.

use std::process::ExitCode;

use harness::{
    Accepted, BoxFuture, Cause, Entry, HttpRequest, KeptBy, Operation, Program, Promise, Request,
    Sighting, System, Visit, Workflow, expect,
};

static MAKE: Operation = Operation {
    id: "make",
    method: "POST",
    path: "/things/{key}",
    statuses: &[201, 409],
    ..Operation::NEW
};
static LIST: Operation =
    Operation { id: "list", path: "/things/{key}", statuses: &[200], ..Operation::NEW };

static MADE: Promise = Promise {
    id: "made",
    summary: "one thing for each that was asked for",
    kept_by: KeptBy::State { look, list: None },
    ..Promise::NEW
};

static WORKFLOW: Workflow = Workflow {
    id: "makeOne",
    summary: "Makes a thing.",
    operations: &[&MAKE],
    promises: &[&MADE],
    run: make_one,
    ..Workflow::NEW
};

static SYSTEM: System =
    System { name: "minimal", operations: &[&MAKE, &LIST], workflows: &[&WORKFLOW], ..System::NEW };

const OBJECTIVES: &str = "
exempt = ['*']

[ledger]
lost = 0
duplicated = 0
unexpected = 0
";

fn things(method: &'static str, key: &str) -> Request<()> {
    Request::raw(HttpRequest::new(method, format!("/things/{key}")))
}

fn make_one<'a>(visit: &'a mut Visit<'_>) -> BoxFuture<'a, Result<(), Cause>> {
    Box::pin(async move {
        let key = visit.unique().to_owned();
        let debt = visit.ask(&MADE, Some(&key));
        match visit.send(&MAKE, &things("POST", &key), expect::success).await {
            Ok(_) => visit.accept(debt, Accepted::of(key)),
            Err(failed) => {
                visit.decline(debt, &failed.cause);
                return Err(failed.into());
            }
        }
        Ok(())
    })
}

fn look<'a>(
    visit: &'a mut Visit<'_>,
    entry: &'a Entry,
) -> BoxFuture<'a, Result<Vec<Sighting>, Cause>> {
    Box::pin(async move {
        let answer = visit.send(&LIST, &things("GET", &entry.key), expect::success).await?;
        let ids = answer.json().as_array().cloned().unwrap_or_default();
        Ok(ids.iter().map(|id| Sighting { id: harness::text(id), at: None }).collect())
    })
}

fn main() -> ExitCode {
    Program { system: &SYSTEM, workspace: ".", objectives: OBJECTIVES }.main()
}
