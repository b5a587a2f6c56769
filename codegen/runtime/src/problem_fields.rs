//! A problem in the words of a contract: an object whose properties take what the contract says.

use crate::json::{Json, Members};
use crate::{Problem, Violation};

/// What a property of an error takes.
#[derive(Debug, Clone, Copy)]
pub enum ProblemField {
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
    pub fn to_object(&self, members: &[(&'static str, ProblemField)]) -> Json {
        let members =
            members.iter().filter_map(|(name, field)| Some((*name, self.member(*field)?)));
        Json::Object(members.collect::<Members<'static>>())
    }

    /// The problem as plain text: a line each for what it is, for each violation and for the request ID.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = vec![match &self.detail {
            Some(detail) => format!("{}: {detail}", self.title),
            None => self.title.to_string(),
        }];
        let violations = self.violations.iter();
        lines.extend(violations.map(|one| format!("{}: {}", one.pointer, one.detail)));
        lines.extend(self.request_id.iter().map(|id| format!("requestId: {id}")));
        lines.join("\n")
    }

    fn member(&self, field: ProblemField) -> Option<Json> {
        let text = |text: &str| Some(Json::from(text));
        match field {
            ProblemField::Title => text(&self.title),
            ProblemField::Detail => text(self.detail.as_deref().unwrap_or(&self.title)),
            ProblemField::Status => Some(Json::from(i64::from(self.status))),
            ProblemField::StatusText => text(&self.status.to_string()),
            ProblemField::Code => text(&self.title.to_lowercase().replace(' ', "_")),
            ProblemField::Type => text(&self.kind),
            ProblemField::Instance => self.instance.as_deref().map(Json::from),
            ProblemField::RequestId => self.request_id.as_deref().map(Json::from),
            ProblemField::Literal(json) => Json::parse(json).ok(),
            ProblemField::Violations(..) | ProblemField::ViolationTexts
                if self.violations.is_empty() =>
            {
                None
            }
            ProblemField::Violations(pointer, detail) => {
                let item = |violation: &Violation| {
                    let members = [
                        (pointer, Json::from(violation.pointer.as_str())),
                        (detail, Json::from(violation.detail.as_str())),
                    ];
                    Json::Object(members.into_iter().collect())
                };
                Some(Json::Array(self.violations.iter().map(item).collect()))
            }
            ProblemField::ViolationTexts => {
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
    fn a_problem_becomes_an_object_of_the_contract() {
        let mut problem = Problem::violation("/body/a", "found nothing");
        problem.request_id = Some("r".to_owned());
        let object = problem.to_object(&[
            ("error", ProblemField::Code),
            ("message", ProblemField::Detail),
            ("code", ProblemField::Status),
            ("status", ProblemField::StatusText),
            ("id", ProblemField::RequestId),
            ("path", ProblemField::Instance),
            ("kind", ProblemField::Literal("\"api\"")),
            ("errors", ProblemField::Violations("field", "message")),
            ("texts", ProblemField::ViolationTexts),
        ]);
        assert_eq!(
            object.to_string(),
            r#"{"code":400,"error":"bad_request","errors":[{"field":"/body/a","message":"found nothing"}],"id":"r","kind":"api","message":"the request violates the contract in 1 place","status":"400","texts":["/body/a: found nothing"]}"#
        );
        assert_eq!(
            problem.to_text(),
            "Bad Request: the request violates the contract in 1 place\n/body/a: found nothing\nrequestId: r"
        );
        assert_eq!(
            Problem::new(404, "").to_object(&[("m", ProblemField::Detail)]).to_string(),
            r#"{"m":"Not Found"}"#
        );
    }
}
