//! A run: every operation is asked everything that was planned for it, then links are followed, then what was created
//! is removed.

mod cleanup;
mod repetition;
mod version;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::bail;
use codegen::diag::Diagnostic;
use codegen::model::{Method, Operation, Service, System};
use codegen::source::Span;
use serde_json::Value;
use stage::Credential;

use crate::callers::{self, Callers, with_credentials};
use crate::coverage::{Coverage, Mark};
use crate::expression::Exchange;
use crate::finding::{self, Shown};
use crate::http::{self, Answer, Http};
use crate::judge::{self, Judge, blames_the_request, comes_first};
use crate::ledger::Ledger;
use crate::owner::owner_of;
use crate::plan::{self, Case, MethodCase, Planner};
use crate::request::{Input, Request};
use crate::schema::Contracts;
use crate::value::Dice;

/// How a run is made.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Decides everything that is drawn.
    pub seed: u64,
    /// How many requests are drawn for each operation.
    pub n_drawn: usize,
    /// Whether what was created stays.
    pub keep: bool,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct RunOutcome {
    /// What is wrong, each fault once.
    pub findings: Vec<Diagnostic>,
    /// How often each finding came up, by its place in the list.
    pub counts: Vec<usize>,
    /// What of the contracts was exercised.
    pub coverage: Coverage,
    /// What was created.
    pub ledger: Ledger,
    /// How many things were removed again.
    pub n_removed: usize,
    /// How many could not be.
    pub n_left: usize,
    /// How many requests were sent.
    pub n_requests: usize,
}

/// How many requests in a row may stay without an answer before the stage counts as gone.
const MAX_SILENT: usize = 5;

/// How often a throttled request is sent again, and how long to wait before the first time.
const MAX_THROTTLED: u32 = 5;
const AFTER_THROTTLE: Duration = Duration::from_millis(200);

/// Verifies a stage.
///
/// # Errors
/// The stage does not answer.
pub async fn run(
    system: &System,
    contracts: &Contracts,
    http: &Http,
    callers: &Callers,
    settings: Settings,
) -> anyhow::Result<RunOutcome> {
    let literals = plan::literals(system);
    let mut runner = Runner {
        system,
        contracts,
        http,
        callers,
        literals: &literals,
        dice: Dice::new(settings.seed),
        outcome: RunOutcome { coverage: Coverage::of(system), ..RunOutcome::default() },
        n_silent: 0,
        starts: BTreeMap::new(),
    };
    let places = places(system);
    for place in &places {
        runner.operation(*place, settings.n_drawn).await?;
    }
    for place in &places {
        runner.strangers(*place).await?;
    }
    for case in plan::methods(system, contracts) {
        runner.method(&case).await?;
    }
    for place in &places {
        runner.walk(*place).await?;
    }
    if !settings.keep {
        runner.clean_up().await?;
    }
    Ok(runner.outcome)
}

/// All operations of each service: those that make something, then those that read, then those that remove.
fn places(system: &System) -> Vec<OperationIndex> {
    let order = |operation: &Operation| match operation.method {
        Method::Post => 0,
        Method::Put | Method::Patch => 1,
        Method::Get | Method::Head | Method::Options | Method::Trace => 2,
        Method::Delete => 3,
    };
    let mut places = Vec::new();
    for (at, service) in system.services.iter().enumerate() {
        let mut operations: Vec<_> = service.operations.iter().enumerate().collect();
        operations.sort_by_key(|(_, operation)| order(operation));
        let place = |(operation, _)| OperationIndex { service: at, operation };
        places.extend(operations.into_iter().map(place));
    }
    places
}

/// Names an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct OperationIndex {
    service: usize,
    operation: usize,
}

struct Runner<'s> {
    system: &'s System,
    contracts: &'s Contracts,
    http: &'s Http,
    callers: &'s Callers,
    literals: &'s BTreeSet<String>,
    dice: Dice,
    outcome: RunOutcome,
    n_silent: usize,
    /// For each link that an answer led to, the first exchange that has a value for all that the link asks for.
    starts: BTreeMap<(OperationIndex, String), Step>,
}

/// A request that was answered.
#[derive(Debug, Clone)]
struct Step {
    place: OperationIndex,
    input: Input,
    request: Request,
    answer: Answer,
}

impl Step {
    fn exchange<'a>(&'a self, operation: &'a Operation) -> Exchange<'a> {
        Exchange { operation, input: &self.input, request: &self.request, answer: &self.answer }
    }
}

/// What a request is for.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    purpose: &'a str,
    keeps: bool,
    span: Span,
}

impl<'s> Runner<'s> {
    fn of(&self, place: OperationIndex) -> (&'s Service, &'s Operation) {
        let service = &self.system.services[place.service];
        (service, &service.operations[place.operation])
    }

    fn report(&mut self, finding: Diagnostic) {
        let key = |one: &Diagnostic| (one.code, one.primary.span, one.message.clone());
        let known = self.outcome.findings.iter().position(|one| key(one) == key(&finding));
        match known {
            Some(place) => self.outcome.counts[place] += 1,
            None => {
                self.outcome.findings.push(finding);
                self.outcome.counts.push(1);
            }
        }
    }

    /// Sends a request and judges the answer by the operation's responses; none when no answer came.
    async fn send(
        &mut self,
        place: OperationIndex,
        request: &Request,
        purpose: &str,
    ) -> anyhow::Result<Option<Answer>> {
        let (service, operation) = self.of(place);
        let credentials = self.credentials(operation, request);
        let sent = self.exchange_with(self.http, operation, request, (&credentials, purpose));
        let Some(answer) = sent.await? else { return Ok(None) };
        let curl = self.http.curl(request, &credentials);
        let answered = judge::answered(service, operation, &answer);
        let shown = Shown { curl: &curl, purpose, answered: Some(&answered) };
        self.judge((service, operation), &answer, shown);
        if (200..300).contains(&answer.status) {
            self.outcome.coverage.cover(Mark::operation(operation));
        }
        Ok(Some(answer))
    }

    /// Judges an answer by the operation's responses.
    fn judge(
        &mut self,
        (service, operation): (&'s Service, &'s Operation),
        answer: &Answer,
        shown: Shown<'_>,
    ) {
        let judge = Judge { service, contracts: self.contracts };
        let judged = judge::judge(judge, operation, answer, shown);
        judged.findings.into_iter().for_each(|finding| self.report(finding));
        let Some(response) = judged.response.and_then(|at| operation.responses.get(at)) else {
            return;
        };
        self.outcome.coverage.cover(Mark::response(operation, response));
        for why in judged.doubts {
            let mark = Mark::judged(operation, answer.status);
            self.outcome.coverage.want(mark, &format!("by the generator's model only: {why}"));
        }
    }

    /// The credentials that a request to an operation needs.
    fn credentials(&self, operation: &Operation, request: &Request) -> Vec<Credential> {
        let mut services = self.system.services.iter();
        let service = services
            .find(|service| service.operations.iter().any(|one| std::ptr::eq(one, operation)));
        let credentials = service.and_then(|service| {
            let owner = owner_of(service, operation, request);
            self.callers.credentials(service, operation, owner.as_deref()).ok()
        });
        // Without credentials it is asked all the same: its refusal is an answer too.
        credentials.unwrap_or_default()
    }

    /// The command that sends a request to an operation again.
    fn curl(&self, operation: &Operation, request: &Request) -> String {
        self.http.curl(request, &self.credentials(operation, request))
    }

    /// Sends a request, whatever comes back.
    async fn exchange(
        &mut self,
        operation: &Operation,
        request: &Request,
        purpose: &str,
    ) -> anyhow::Result<Option<Answer>> {
        let credentials = self.credentials(operation, request);
        self.exchange_with(self.http, operation, request, (&credentials, purpose)).await
    }

    /// Sends a request with these credentials.
    async fn exchange_with(
        &mut self,
        http: &Http,
        operation: &Operation,
        request: &Request,
        (credentials, purpose): (&[Credential], &str),
    ) -> anyhow::Result<Option<Answer>> {
        let sent = with_credentials(request, credentials);
        let mut n_refused = 0;
        let answer = loop {
            self.outcome.n_requests += 1;
            match http.send(&sent).await {
                // A stage that is asked too quickly says so, and answers after a pause.
                Ok(answer) if answer.status == 429 && n_refused < MAX_THROTTLED => {
                    n_refused += 1;
                    tokio::time::sleep(AFTER_THROTTLE * n_refused).await;
                }
                answer => break answer,
            }
        };
        match answer {
            Ok(answer) => {
                self.n_silent = 0;
                Ok(Some(answer))
            }
            Err(error) => {
                // A connection that breaks off is a fault of the operation; one that cannot be had is no stage.
                self.n_silent = if http::broke_off(&error) { 0 } else { self.n_silent + 1 };
                if self.n_silent >= MAX_SILENT {
                    bail!("{} does not respond: {error:#}", self.http.base());
                }
                let curl = http.curl(request, credentials);
                let shown = Shown { curl: &curl, purpose, answered: None };
                self.report(finding::no_answer(operation, &format!("{error:#}"), shown));
                Ok(None)
            }
        }
    }

    /// Sends what was said to an operation, and holds the answer against what the contract wants for it.
    async fn ask(
        &mut self,
        place: OperationIndex,
        request: &Request,
        input: Option<&Input>,
        wanted: Wanted<'_>,
    ) -> anyhow::Result<Option<Answer>> {
        let (service, operation) = self.of(place);
        let current = match input {
            Some(input) => {
                let own = self.with_own_key(place, input, wanted);
                let input = own.as_ref().unwrap_or(input);
                self.with_current_version(place, input, wanted).await?.or(own)
            }
            None => None,
        };
        let sent = current.as_ref().map(|input| Request::of(operation, input));
        let (input, request) = (current.as_ref().or(input), sent.as_ref().unwrap_or(request));
        let Some(answer) = self.send(place, request, wanted.purpose).await? else {
            return Ok(None);
        };
        let status = answer.status;
        let is_refused = wanted.keeps && blames_the_request(status);
        if is_refused || (!wanted.keeps && status < 400) {
            let curl = self.curl(operation, request);
            let answered = judge::answered(service, operation, &answer);
            let shown = Shown { curl: &curl, purpose: wanted.purpose, answered: Some(&answered) };
            self.report(match is_refused {
                true => finding::refused(operation, wanted.span, status, shown),
                false => finding::accepted(operation, wanted.span, status, shown),
            });
        }
        let Some(input) = input else { return Ok(Some(answer)) };
        if wanted.keeps && status < 500 && !blames_the_request(status) {
            for (at, value) in input.parameters.iter().enumerate() {
                self.outcome.coverage.cover(match value {
                    Some(_) => Mark::parameter(operation, at, true),
                    None => Mark::left_out(operation, at),
                });
            }
        }
        if (200..300).contains(&status) {
            let exchange = Exchange { operation, input, request, answer: &answer };
            self.outcome.ledger.note(place.service, service, exchange);
            self.remember(&Step {
                place,
                input: input.clone(),
                request: request.clone(),
                answer: answer.clone(),
            });
        }
        Ok(Some(answer))
    }

    /// Asks an operation with credentials that must not be enough.
    async fn strangers(&mut self, place: OperationIndex) -> anyhow::Result<()> {
        let (service, operation) = self.of(place);
        let cases = self.callers.refused(service, operation);
        if cases.is_empty() {
            return Ok(());
        }
        let known = BTreeMap::new();
        let planner = Planner {
            service,
            operation,
            contracts: self.contracts,
            literals: self.literals,
            known: &known,
        };
        let Ok(input) = planner.usual_input() else { return Ok(()) };
        let request = Request::of(operation, &input);
        // A header of the command line would be credentials that are sufficient.
        let http = self.http.without(|name| callers::carries(service, operation, name));
        for case in cases {
            let mark = Mark::caller(operation, case.what);
            self.outcome.coverage.want(mark.clone(), "it was not refused");
            let purpose = format!("credentials that must not be sufficient: {}", case.what);
            let answer = self
                .exchange_with(&http, operation, &request, (&case.credentials, &purpose))
                .await?;
            let Some(answer) = answer else { continue };
            let curl = http.curl(&request, &case.credentials);
            let answered = judge::answered(service, operation, &answer);
            let shown = Shown { curl: &curl, purpose: &purpose, answered: Some(&answered) };
            self.judge((service, operation), &answer, shown);
            if case.statuses.contains(&answer.status) {
                self.outcome.coverage.cover(mark);
                continue;
            }
            self.report(finding::let_in(operation, case.what, answer.status, shown));
        }
        Ok(())
    }

    /// Asks an operation everything that is planned for it.
    async fn operation(&mut self, place: OperationIndex, n_drawn: usize) -> anyhow::Result<()> {
        let (service, operation) = self.of(place);
        let known = self.known_parameters(place).await?;
        let planner = Planner {
            service,
            operation,
            contracts: self.contracts,
            literals: self.literals,
            known: &known,
        };
        let cases = planner.cases(n_drawn, &mut self.dice);
        self.outcome.coverage.gaps(&cases.gaps);
        for purpose in &cases.doubts {
            let mark = Mark::planned(operation, purpose);
            self.outcome.coverage.want(mark, "by the text of the contract the body is not valid");
        }
        if let Err(why) = self.callers.credentials(service, operation, None) {
            self.outcome.coverage.explain(Mark::operation(operation), &why);
        }
        if let Some(why) = &cases.impossible {
            self.outcome.coverage.explain(Mark::operation(operation), why);
        }
        let is_fixed =
            |case: &&Case| case.header.as_ref().is_some_and(|name| self.http.fixes(name));
        let (fixed, open): (Vec<_>, Vec<_>) = cases.cases.iter().partition(is_fixed);
        for (cases, why) in
            [(&open, "no request got that far"), (&fixed, "the header is fixed by --header")]
        {
            for mark in cases.iter().flat_map(|case| &case.marks) {
                self.outcome.coverage.want(mark.clone(), why);
            }
        }
        for case in open {
            self.case(place, case).await?;
        }
        Ok(())
    }

    async fn case(&mut self, place: OperationIndex, case: &Case) -> anyhow::Result<()> {
        let wanted = Wanted { purpose: &case.purpose, keeps: case.keeps, span: case.span };
        let answer = self.ask(place, &case.request, case.input.as_ref(), wanted).await?;
        let Some(Answer { status, .. }) = answer else { return Ok(()) };
        let coverage = &mut self.outcome.coverage;
        let as_wanted = match case.keeps {
            true => status < 500 && !blames_the_request(status),
            false => (400..500).contains(&status) && !comes_first(status),
        };
        for mark in &case.marks {
            if as_wanted {
                coverage.cover(mark.clone());
            } else if status < 500 && comes_first(status) {
                let why =
                    format!("the response was {status}, sent before the request was validated");
                coverage.explain(mark.clone(), &why);
            } else {
                coverage.explain(mark.clone(), &format!("the response was {status}"));
            }
        }
        Ok(())
    }

    async fn method(&mut self, case: &MethodCase<'_>) -> anyhow::Result<()> {
        let operation = case.operation;
        let method = &case.request.method;
        let mark = Mark::method(operation, method);
        self.outcome.coverage.want(mark.clone(), "the response was not 405");
        let purpose = format!("the path has no `{method}`");
        let Some(answer) = self.exchange(operation, &case.request, &purpose).await? else {
            return Ok(());
        };
        let curl = self.curl(operation, &case.request);
        let answered = judge::answered(case.service, operation, &answer);
        let shown = Shown { curl: &curl, purpose: &purpose, answered: Some(&answered) };
        if answer.status != 405 {
            self.report(finding::method_not_refused(operation, method, shown));
            return Ok(());
        }
        self.outcome.coverage.cover(mark);
        let allow = answer.header("allow").unwrap_or_default();
        let named: Vec<_> = allow.split(',').map(str::trim).collect();
        let missing: Vec<_> =
            case.allowed.iter().copied().filter(|method| !named.contains(method)).collect();
        if !missing.is_empty() {
            self.report(finding::bad_allow(operation, &missing, shown));
        }
        Ok(())
    }

    /// Values for parameters of an operation that lead to something that is there: another operation that makes it,
    /// by a link or by the paths, is asked to.
    async fn known_parameters(
        &mut self,
        place: OperationIndex,
    ) -> anyhow::Result<BTreeMap<usize, Value>> {
        let (service, target) = self.of(place);
        let mut known = BTreeMap::new();
        if !target.parameters.iter().any(|parameter| parameter.required) {
            return Ok(known);
        }
        for source in 0..service.operations.len() {
            let source = OperationIndex { service: place.service, operation: source };
            if source == place || !walk::can_make(service, self.of(source).1, target) {
                continue;
            }
            let Some(step) = self.usual(source, &BTreeMap::new()).await? else { continue };
            let exchange = step.exchange(self.of(source).1);
            known = walk::parameters_after(service, exchange, target);
            if !known.is_empty() {
                break;
            }
        }
        Ok(known)
    }

    /// Asks an operation what the contract's examples say; none when it does not succeed.
    async fn usual(
        &mut self,
        place: OperationIndex,
        known: &BTreeMap<usize, Value>,
    ) -> anyhow::Result<Option<Step>> {
        let (service, operation) = self.of(place);
        let planner = Planner {
            service,
            operation,
            contracts: self.contracts,
            literals: self.literals,
            known,
        };
        let Ok(input) = planner.usual_input() else { return Ok(None) };
        let request = Request::of(operation, &input);
        let span = operation.origin.span;
        let wanted = Wanted { purpose: "the contract's examples", keeps: true, span };
        let answer = self.ask(place, &request, Some(&input), wanted).await?;
        let answer = answer.filter(|answer| (200..300).contains(&answer.status));
        Ok(answer.map(|answer| Step { place, input, request, answer }))
    }
}
