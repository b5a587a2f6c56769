//! The form in which the gateway tells of what it refuses itself: it has one for each kind of refusal and the whole
//! API, and no code runs for it.

use super::{ErrorForm, ErrorMade, Operation, Response, Service, System};

/// What an operation declares for a status.
enum Declared<'a> {
    /// The problem document of RFC 9457.
    Problem,
    /// A form that can be written without code.
    Form(&'a ErrorForm),
    /// A form that only a method or the rules can make.
    Other,
}

impl System {
    /// The form of the gateway's own responses with a status to callers that are refused: the one that all secured
    /// operations declare which declare any; none for problem documents.
    #[must_use]
    pub fn gateway_form(&self, status: u16) -> Option<&ErrorForm> {
        let mut forms = self.secured().filter_map(|(service, one)| declared(service, one, status));
        let Declared::Form(first) = forms.next()?.1 else { return None };
        let is_same =
            |form: &ErrorForm| form.made == first.made && form.media_type == first.media_type;
        forms.all(|(_, one)| matches!(one, Declared::Form(form) if is_same(form))).then_some(first)
    }

    /// The responses to callers that are refused whose form is another than what the gateway sends.
    #[must_use]
    pub fn gateway_misfits(&self) -> Vec<&Response> {
        let mut found: Vec<&Response> = vec![];
        for status in [401, 403] {
            let form = self.gateway_form(status);
            let misfits = self.secured().filter_map(|(service, operation)| {
                let (response, declared) = declared(service, operation, status)?;
                let fits = match declared {
                    Declared::Problem => form.is_none(),
                    Declared::Form(_) => form.is_some(),
                    Declared::Other => false,
                };
                (!fits).then_some(response)
            });
            for response in misfits {
                if found.iter().all(|known| known.origin.span != response.origin.span) {
                    found.push(response);
                }
            }
        }
        found
    }
}

fn declared<'a>(
    service: &'a Service,
    operation: &'a Operation,
    status: u16,
) -> Option<(&'a Response, Declared<'a>)> {
    let response = operation.answering(status).filter(|response| !response.is_success())?;
    if response.contents.is_empty() {
        return None;
    }
    let content_of = |form: &&ErrorForm| {
        let mut contents = response.contents.iter();
        contents.any(|one| one.ty == form.ty && one.sent == form.media_type)
    };
    let declared = match service.errors.forms.iter().find(content_of) {
        _ if response.json().is_some_and(|content| content.problem) => Declared::Problem,
        Some(form) if form.made != ErrorMade::Method => Declared::Form(form),
        _ => Declared::Other,
    };
    Some((response, declared))
}
