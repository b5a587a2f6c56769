//! Answers against the contract.

use codegen::diag::Diagnostic;
use codegen::model::{Codec, Content, Operation, Origin, Response, Service, TypeRef};
use scalars::media;
use serde_json::Value;

use crate::finding::{self, Shown};
use crate::http::Answer;
use crate::schema::{Contracts, Part, Verdict};
use crate::value::{Sender, Violation, coerced, redacted, violations};

/// What an answer turned out to be.
#[derive(Debug, Default)]
pub struct Judged {
    /// The declared response that it is, by its index in the operation.
    pub response: Option<usize>,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// Why it was not judged by the text of the contract, where it was not.
    pub doubts: Vec<String>,
}

/// Who judges answers: the contract as the generator reads it, and its text as a validator of its own does.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'s> {
    /// The service.
    pub service: &'s Service,
    /// The text.
    pub contracts: &'s Contracts,
}

impl Judge<'_> {
    /// Where a value violates its schema. The text has the last word: what only the generator's reading finds is kept
    /// where a discriminator says more than JSON Schema can.
    fn violations(
        self,
        (operation, part): (&Operation, Part<'_>),
        (ty, at): (&TypeRef, &Origin),
        value: &Value,
        doubts: &mut Vec<String>,
    ) -> Vec<Violation> {
        let read = violations(self.service, Sender::Service, ty, at, value);
        match self.contracts.verdict(operation, part, value) {
            None => read,
            Some(Verdict::Unknown(why)) => {
                doubts.push(why);
                read
            }
            Some(Verdict::Invalid(found)) if read.is_empty() => found,
            Some(Verdict::Invalid(_)) => read,
            Some(Verdict::Valid) => {
                let by_tag = |one: &Violation| one.by_tag || one.keyword == "discriminator";
                read.into_iter().filter(by_tag).collect()
            }
        }
    }
}

/// Judges an answer by what the operation declares, whatever the request was.
#[must_use]
pub fn judge(judge: Judge<'_>, operation: &Operation, answer: &Answer, shown: Shown<'_>) -> Judged {
    let status = answer.status;
    let mut judged = Judged { response: declared(operation, status), ..Judged::default() };
    if status >= 500 {
        judged.findings.push(finding::server_error(operation, status, shown));
    }
    match judged.response.and_then(|at| operation.responses.get(at)) {
        Some(response) => {
            let checking = Checking { judge, operation, response, answer, shown };
            checking.body(&mut judged);
            checking.headers(&mut judged);
        }
        None if status >= 500 => {}
        None => judged.findings.push(finding::undeclared_status(operation, status, shown)),
    }
    judged
}

/// An answer in a line, without what is sensitive in it.
#[must_use]
pub fn answered(service: &Service, operation: &Operation, answer: &Answer) -> String {
    const MAX_CHARACTERS: usize = 300;
    let media_type = answer.header("content-type").unwrap_or("no media type");
    let response = operation.answering(answer.status);
    let body = response.and_then(|response| content_of(response, media_type));
    let body = match (body.filter(|body| body.codec == Codec::Json), answer.json()) {
        (Some(body), Some(value)) => redacted(service, &body.ty, &value).to_string(),
        // What the contract does not describe may hold anything; an error that nobody declared is worth it.
        _ if answer.status >= 400 => String::from_utf8_lossy(&answer.body).into_owned(),
        _ => format!("{} bytes", answer.body.len()),
    };
    let body: String = body.chars().take(MAX_CHARACTERS).collect();
    format!("{} ({media_type}) {}", answer.status, body.replace(['\n', '\r'], " "))
}

/// The response that stands for a status, by its index in the operation.
#[must_use]
pub fn declared(operation: &Operation, status: u16) -> Option<usize> {
    let found = operation.answering(status)?;
    operation.responses.iter().position(|one| one.status == found.status)
}

/// An answer beside the response that it should be.
#[derive(Clone, Copy)]
struct Checking<'a> {
    judge: Judge<'a>,
    operation: &'a Operation,
    response: &'a Response,
    answer: &'a Answer,
    shown: Shown<'a>,
}

impl Checking<'_> {
    /// Whether the body is what the response declares.
    fn body(&self, judged: &mut Judged) {
        let Self { judge, operation, response, answer, shown } = *self;
        let (status, service) = (answer.status, judge.service);
        let Judged { findings, doubts, .. } = judged;
        let Some(first) = response.contents.first() else {
            // An error of which the contract tells nothing more may be told as the others are, or as RFC 9457 has it.
            let media_type = answer.header("content-type").unwrap_or_default();
            let errors = &judge.service.errors;
            let usual = errors.usual.map(|form| errors.forms[form].media_type.as_str());
            let known = usual.into_iter().chain(["application/problem+json"]);
            let is_error = status >= 400 && known.into_iter().any(|one| is_within(media_type, one));
            if !answer.body.is_empty() && !is_error {
                findings.push(finding::undeclared_body(operation, response, status, shown));
            }
            return;
        };
        let found = answer.header("content-type").unwrap_or_default();
        let body = content_of(response, found);
        if body.is_none() {
            let types: Vec<&str> =
                response.contents.iter().map(|content| content.media_type.as_str()).collect();
            let expected = types.join("` or `");
            findings.push(finding::media_type(operation, response, status, &expected, shown));
        }
        let body = body.unwrap_or(first);
        let value = match body.codec {
            Codec::Binary => return,
            Codec::Text => {
                let text = std::str::from_utf8(&answer.body).ok();
                text.map(|text| coerced(service, &body.ty, &Value::from(text)))
            }
            _ => answer.json(),
        };
        let Some(value) = value else {
            findings.push(finding::unreadable_body(operation, response, status, shown));
            return;
        };
        let declared = (&body.ty, &response.origin);
        let found = match body.codec {
            Codec::Json => {
                let part = Part::Response(response, &body.media_type);
                judge.violations((operation, part), declared, &value, doubts)
            }
            _ => violations(service, Sender::Service, &body.ty, &response.origin, &value),
        };
        if !found.is_empty() {
            findings.push(finding::bad_body(operation, response, status, &found, shown));
        }
        let told = value.get("status").and_then(Value::as_u64);
        if body.is_problem_media() && told.is_some_and(|told| told != u64::from(status)) {
            findings.push(finding::bad_problem(operation, response, status, shown));
        }
    }

    /// Whether the headers are.
    fn headers(&self, judged: &mut Judged) {
        let Self { judge, operation, response, answer, shown } = *self;
        let (status, service) = (answer.status, judge.service);
        let Judged { findings, doubts, .. } = judged;
        for header in &response.headers {
            let name = &header.name.wire;
            let Some(text) = answer.header(&name.to_ascii_lowercase()) else {
                if header.required {
                    findings
                        .push(finding::missing_header(operation, response, status, name, shown));
                }
                continue;
            };
            if header.written.is_some() {
                continue;
            }
            let value = coerced(service, &header.ty, &Value::from(text));
            let (part, declared) = (Part::Header(response, name), (&header.ty, &response.origin));
            let found = judge.violations((operation, part), declared, &value, doubts);
            if !found.is_empty() {
                findings
                    .push(finding::bad_header(operation, response, status, name, &found, shown));
            }
        }
    }
}

/// What a response declares of a media type: of several ranges that have it, the narrowest counts.
fn content_of<'r>(response: &'r Response, content_type: &str) -> Option<&'r Content> {
    let known = response.contents.iter().map(|content| content.media_type.as_str());
    let place = media::narrowest(known, |range| is_within(content_type, range))?;
    response.contents.get(place)
}

/// Whether a media type, parameters aside, is another one or in its range.
#[must_use]
pub fn is_within(content_type: &str, range: &str) -> bool {
    let plain = media::bare(content_type);
    plain.contains('/') && media::range_has(range, plain)
}

/// Whether a status says that the request itself violates the contract, whatever the state of things.
#[must_use]
pub fn blames_the_request(status: u16) -> bool {
    matches!(status, 400 | 405 | 406 | 411 | 413 | 414 | 415 | 417 | 431)
}

/// Whether a refusal can have come before anybody looked at what is wrong with the request.
#[must_use]
pub fn comes_first(status: u16) -> bool {
    matches!(status, 401 | 403 | 404 | 409 | 410 | 412 | 423 | 428 | 429)
}
