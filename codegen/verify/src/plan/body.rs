//! Bodies around every constraint of theirs, missing, of another media type, and no JSON.

use codegen::model::{Codec, Origin, TypeRef};
use serde_json::Value;

use super::{Case, Cases, Planner};
use crate::coverage::Mark;
use crate::request::{Body, Input, Request, chosen};
use crate::value::{Gap, Sender, Variant, Varied, vary, violations};

/// Larger than API Gateway takes (10 MiB), and so larger than any function sees.
const TOO_LARGE_BYTES: usize = 10 * 1024 * 1024 + 1024;

impl Planner<'_> {
    /// Whether a value is by the text of the contract on the other side than it was made for. Discriminators are left
    /// out: they say more than JSON Schema.
    fn is_doubtful(&self, variant: &Variant, ty: &TypeRef, at: &Origin) -> bool {
        let says_otherwise = self.is_valid(&variant.value) == Some(!variant.keeps);
        let found = || violations(self.service, Sender::Client, ty, at, &variant.value);
        says_otherwise && !found().iter().any(|one| one.by_tag || one.keyword == "discriminator")
    }

    /// The body on both sides of each constraint, and what is no body of the contract at all.
    pub(super) fn vary_body(&self, base: &Input, cases: &mut Cases) {
        let Some(body) = &self.operation.body else { return };
        let Some(content) = chosen(body) else { return };
        let is_json = content.codec == Codec::Json;
        // In a form a number is text like any other, so only JSON can break a type.
        if let (Body::Json(value), true) = (&base.body, is_json) {
            let Varied { variants, gaps } = vary(self.service, &content.ty, &body.origin, value);
            cases.gaps.extend(gaps);
            for variant in variants {
                let (constraint, keeps) = (variant.constraint.clone(), variant.keeps);
                if self.is_doubtful(&variant, &content.ty, &body.origin) {
                    let why = "the text of the contract says otherwise";
                    cases.gaps.push(Gap { constraint, keeps, why });
                    continue;
                }
                let verb = if keeps { "is at the limit of" } else { "violates" };
                let place = if variant.pointer.is_empty() { "the body" } else { &variant.pointer };
                let purpose = format!("`{place}` {verb} `{}`", constraint.keyword);
                let purpose = purpose.replace("`the body`", "the body");
                let span = constraint.span;
                let mut input = Input { body: Body::Json(variant.value), ..base.clone() };
                if keeps {
                    let Some(agreed) = self.with_keys_of_body(input) else {
                        let why = "the value cannot be a key in a parameter too";
                        cases.gaps.push(Gap { constraint, keeps, why });
                        continue;
                    };
                    input = agreed;
                }
                let marks = vec![Mark::constraint(&constraint, keeps)];
                self.push(cases, purpose, input, keeps, marks, span);
            }
        }
        let mut raw =
            |purpose: &str, mark: &'static str, media_type: Option<&str>, bytes: Vec<u8>| {
                let said = Body::Raw(media_type.map(str::to_owned), bytes);
                let input = Input { body: said, ..base.clone() };
                let request = Request::of(self.operation, &input);
                cases.cases.push(Case {
                    purpose: purpose.to_owned(),
                    request,
                    input: None,
                    keeps: false,
                    marks: vec![Mark::protocol(self.operation, mark)],
                    span: body.origin.span,
                    header: None,
                });
            };
        let json = Some(content.media_type.as_str());
        let text = match &base.body {
            Body::Json(value) => value.to_string(),
            _ => "{}".to_owned(),
        };
        if body.required {
            raw("the body is missing", "no body", json, Vec::new());
        }
        let takes = |media_type: &str| {
            body.contents.iter().any(|one| crate::judge::is_within(media_type, &one.media_type))
        };
        if !takes("text/x-other") {
            let bytes = text.clone().into_bytes();
            raw("the media type is another", "media type", Some("text/x-other"), bytes);
        }
        if !takes("application/x-www-form-urlencoded") {
            raw(
                "the media type is a form's",
                "media type",
                Some("application/x-www-form-urlencoded"),
                b"a=b".to_vec(),
            );
        }
        if !is_json {
            return;
        }
        let cut = text.len() - 1;
        let kept = (0..=cut).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        raw("the JSON breaks off", "malformed JSON", json, text.as_bytes()[..kept].to_vec());
        raw("more follows the JSON", "malformed JSON", json, format!("{text}}}").into_bytes());
        raw("the body is no JSON", "malformed JSON", json, b"<a/>".to_vec());
        // What is no UTF-8 reaches a function as U+FFFD, and some contracts take any text.
        if self.is_valid(&Value::from("\u{fffd}\u{fffd}")) == Some(false) {
            raw("the body is no UTF-8", "malformed JSON", json, vec![b'"', 0xff, 0xfe, b'"']);
        }
        raw("the JSON is nested very deep", "malformed JSON", json, "[".repeat(5000).into_bytes());
        let too_large = codegen::model::Status::Code(413);
        if self.operation.responses.iter().any(|response| response.status == too_large) {
            let bytes = format!("{{\"a\":\"{}\"}}", "a".repeat(TOO_LARGE_BYTES)).into_bytes();
            raw("the body is larger than 10 MiB", "too large", json, bytes);
        }
    }
}
