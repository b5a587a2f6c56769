//! The query protocol of older AWS services: a form as a request, XML as an answer.
//!
//! Owns the form of both, and the only action of STS that the stage has: who calls. What else is asked in this protocol
//! is refused in it, so that an SDK can read why.

use std::collections::BTreeMap;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

use crate::account::ACCOUNT;
use crate::{http, percent};

/// A field of a form.
pub(crate) fn field(form: &str, name: &str) -> Option<String> {
    let value = form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent::form(value).into_owned())
}

/// All fields of a form; of several with one name the first.
pub(crate) fn fields(form: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for (name, value) in form.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = || percent::form(value).into_owned();
        fields.entry(percent::form(name).into_owned()).or_insert_with(value);
    }
    fields
}

/// The fields of a form, in their order.
pub(crate) fn pairs(form: &str) -> impl Iterator<Item = (String, String)> {
    form.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (percent::form(name).into_owned(), percent::form(value).into_owned())
    })
}

/// Text as XML holds it.
pub(crate) fn escaped(text: &str) -> String {
    // A carriage return would be read as a line feed.
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}

/// An error of the caller.
pub(crate) fn refused(code: &str, message: &str) -> Response<Full<Bytes>> {
    let error = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{}</Message></Error>\
         <RequestId>local</RequestId></ErrorResponse>",
        escaped(message)
    );
    xml(StatusCode::BAD_REQUEST, error)
}

/// An error as S3 has it.
pub(crate) fn s3_error(status: StatusCode, code: &str, message: &str) -> Response<Full<Bytes>> {
    let error = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{}</Message>\
         <RequestId>local</RequestId></Error>",
        escaped(message)
    );
    let mut response = xml(status, error);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}

/// An answer.
pub(crate) fn xml(status: StatusCode, text: String) -> Response<Full<Bytes>> {
    let mut response = http::json(status, text);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}

/// Answers a request to STS of the owner of an access key.
pub(crate) fn sts(form: &str, access_key: &str, function: Option<&str>) -> Response<Full<Bytes>> {
    let action = field(form, "Action").unwrap_or_default();
    if action != "GetCallerIdentity" {
        let message = format!("the stage supports only GetCallerIdentity of STS, not {action}");
        return refused("InvalidAction", &message);
    }
    let (id, arn) = match function {
        Some(name) => {
            let arn = format!("arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{name}");
            (format!("AROALOCAL:{name}"), arn)
        }
        None => (access_key.to_owned(), format!("arn:aws:iam::{ACCOUNT}:user/{access_key}")),
    };
    let answer = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>{}</Arn><UserId>{}</UserId><Account>{ACCOUNT}</Account></GetCallerIdentityResult>\
         <ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
        escaped(&arn),
        escaped(&id)
    );
    xml(StatusCode::OK, answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded() {
        let form = "Action=A&StackName=arn%3Aaws%3aa%2Fb+c&Odd=%4&Last=%";
        assert_eq!(field(form, "StackName").as_deref(), Some("arn:aws:a/b c"));
        assert_eq!(field(form, "Odd").as_deref(), Some("%4"));
        assert_eq!(field(form, "Last").as_deref(), Some("%"));
        assert_eq!(field(form, "Act"), None);
    }
}
