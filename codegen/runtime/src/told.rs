//! A problem in the words of a contract: an object whose properties take what the contract says.

use crate::json::{Json, Members};
use crate::{Problem, Violation};

/// What a property of an error takes.
#[derive(Debug, Clone, Copy)]
pub enum Told {
    /// The title of the status: `Bad Request`.
    Title,
    /// What to know of this occurrence; the title where there is nothing.
    Detail,
    /// The status as a number.
    Status,
    /// The status as text.
    StatusText,
    /// The title as an identifier: `bad_request`.
    Code,
    /// `type` of a problem document.
    Type,
    /// The path of the request.
    Instance,
    /// The id under which the request stands in the logs.
    RequestId,
    /// The violations, each an object with these properties for pointer and detail.
    Violations(&'static str, &'static str),
    /// The violations, each a text.
    ViolationTexts,
    /// A fixed value, as JSON.
    Literal(&'static str),
}

impl Problem {
    /// The problem as an object of these properties; those for which it has nothing are left out.
    #[must_use]
    pub fn told(&self, members: &[(&'static str, Told)]) -> Json {
        let told = members.iter().filter_map(|(name, told)| Some((*name, self.member(*told)?)));
        Json::Object(told.collect::<Members<'static>>())
    }

    fn member(&self, told: Told) -> Option<Json> {
        let text = |text: &str| Some(Json::from(text));
        match told {
            Told::Title => text(&self.title),
            Told::Detail => text(self.detail.as_deref().unwrap_or(&self.title)),
            Told::Status => Some(Json::from(i64::from(self.status))),
            Told::StatusText => text(&self.status.to_string()),
            Told::Code => text(&self.title.to_lowercase().replace(' ', "_")),
            Told::Type => text(&self.kind),
            Told::Instance => self.instance.as_deref().map(Json::from),
            Told::RequestId => self.request_id.as_deref().map(Json::from),
            Told::Literal(json) => Json::parse(json).ok(),
            Told::Violations(..) | Told::ViolationTexts if self.violations.is_empty() => None,
            Told::Violations(pointer, detail) => {
                let item = |violation: &Violation| {
                    let members = [
                        (pointer, Json::from(violation.pointer.as_str())),
                        (detail, Json::from(violation.detail.as_str())),
                    ];
                    Json::Object(members.into_iter().collect())
                };
                Some(Json::Array(self.violations.iter().map(item).collect()))
            }
            Told::ViolationTexts => {
                let item =
                    |violation: &Violation| format!("{}: {}", violation.pointer, violation.detail);
                Some(Json::Array(self.violations.iter().map(item).map(Json::from).collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_told_in_other_words() {
        let mut problem = Problem::violation("/body/a", "found nothing");
        problem.request_id = Some("r".to_owned());
        let told = problem.told(&[
            ("error", Told::Code),
            ("message", Told::Detail),
            ("code", Told::Status),
            ("status", Told::StatusText),
            ("id", Told::RequestId),
            ("path", Told::Instance),
            ("kind", Told::Literal("\"api\"")),
            ("errors", Told::Violations("field", "message")),
            ("texts", Told::ViolationTexts),
        ]);
        assert_eq!(
            told.to_string(),
            r#"{"code":400,"error":"bad_request","errors":[{"field":"/body/a","message":"found nothing"}],"id":"r","kind":"api","message":"the request violates the contract in 1 place","status":"400","texts":["/body/a: found nothing"]}"#
        );
        assert_eq!(
            Problem::new(404, "").told(&[("m", Told::Detail)]).to_string(),
            r#"{"m":"Not Found"}"#
        );
    }
}
