//! From the parts of a request to typed values, with every violation of the contract in one answer.
//!
//! Owns where parameters travel and which media type a body may have. How lists and objects are spelled is [`Style`]'s
//! affair, what a value may be its type's.

mod body;
mod parameter;

use std::borrow::Cow;

pub use self::body::Body;
use self::body::Content;
pub use self::parameter::Parameter;
use self::parameter::ParameterPlace;
pub(crate) use self::parameter::pointer;
use crate::body::{
    File, Form, FormData, bare, is_media_type, is_text, narrowest, parameter, parse_pairs,
    preferred, read_form,
};
use crate::style::{Shape, Style};
use crate::{Problem, Request, Violations, value::Bytes};

/// A request that is being read: all parts first, so that one which is wrong does not keep the others from being looked
/// at.
#[derive(Debug)]
pub struct Parts<'a> {
    request: &'a Request,
    out: Violations,
    refusal: Option<Problem>,
}

impl<'a> Parts<'a> {
    /// Begins to read a request.
    #[must_use]
    pub fn of(request: &'a Request) -> Self {
        Self { request, out: Violations::default(), refusal: None }
    }

    /// A parameter in the path.
    pub fn path(&mut self, name: &'static str) -> Parameter<'_, 'a> {
        self.parameter(ParameterPlace::Path, name)
    }

    /// A parameter in the query.
    pub fn query(&mut self, name: &'static str) -> Parameter<'_, 'a> {
        self.parameter(ParameterPlace::Query, name)
    }

    /// A parameter in a header.
    pub fn header(&mut self, name: &'static str) -> Parameter<'_, 'a> {
        self.parameter(ParameterPlace::Header, name)
    }

    /// A parameter in a cookie.
    pub fn cookie(&mut self, name: &'static str) -> Parameter<'_, 'a> {
        self.parameter(ParameterPlace::Cookie, name)
    }

    /// A parameter in a cookie whose text is taken as it was sent (`style: cookie`; OpenAPI 3.2, Appendix D).
    pub fn raw_cookie(&mut self, name: &'static str) -> Parameter<'_, 'a> {
        self.parameter(ParameterPlace::RawCookie, name)
    }

    fn parameter(&mut self, place: ParameterPlace, name: &'static str) -> Parameter<'_, 'a> {
        Parameter::of(self.request, place, name, &mut self.out)
    }

    /// Which of several media types the body is of: the first where the request does not say.
    pub fn media_type(&mut self, known: &[&str]) -> Option<usize> {
        if matches!(self.request.body(), Ok(None)) {
            return Some(0);
        }
        // A client that does not say what it sends is taken to send what the contract asks for.
        let Some(found) = self.request.header("Content-Type").next() else { return Some(0) };
        let fits = |wanted: &str| is_media_type(found, wanted, is_text(wanted));
        let fitting = narrowest(known.iter().copied(), fits);
        if fitting.is_none() {
            let is_known = known.iter().any(|known| is_media_type(found, known, false));
            let known: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
            let known = known.join(", ");
            let detail = match parameter(found, "charset").filter(|_| is_known) {
                Some(charset) => {
                    let charset = &charset[..charset.floor_char_boundary(64)];
                    format!(
                        "this operation takes {known} in UTF-8 only; found the character set `{charset}`"
                    )
                }
                None => format!("this operation takes {known} only"),
            };
            self.refusal = Some(Problem::new(415, detail));
        }
        fitting
    }

    /// The media type that the client likes best of those that the contract has for the answer; the first where it
    /// likes none of them.
    pub fn accept(&self, offered: &[&str]) -> usize {
        preferred(self.request.header("Accept"), offered).unwrap_or_default()
    }

    /// As [`Parts::accept`], where the contract has an answer (`406`) for a client that likes none of them.
    pub fn acceptable(&mut self, offered: &[&str]) -> Option<usize> {
        let best = preferred(self.request.header("Accept"), offered);
        if best.is_none() {
            let detail = format!("this operation answers with {} only", offered.join(", "));
            self.refusal = Some(Problem::new(406, detail));
        }
        best
    }

    /// A body of JSON.
    pub fn json(&mut self, media_type: &str) -> Body<'_, 'a> {
        self.body(media_type, |bytes, _| Ok(Content::Json(bytes)))
    }

    /// A body that is a form of names and values. The shape tells of properties that are no plain text, the styles of
    /// those that are written in another way than is usual: lists one by one, objects as JSON.
    pub fn form(&mut self, shape: Shape, styles: &'static [(&'static str, Style)]) -> Body<'_, 'a> {
        let media_type = "application/x-www-form-urlencoded";
        self.body(media_type, |bytes, _| {
            let text = std::str::from_utf8(&bytes).map_err(|_| "found bytes that are not UTF-8")?;
            let value = read_form(&parse_pairs(text), &shape, styles)?;
            Ok(Content::Tree(value, shape))
        })
    }

    /// A body of text.
    pub fn text(&mut self, media_type: &str) -> Body<'_, 'a> {
        self.body(media_type, |bytes, _| match String::from_utf8(bytes.into_owned()) {
            Ok(text) => Ok(Content::Text(text)),
            Err(_) => Err("found bytes that are not UTF-8".to_owned()),
        })
    }

    /// A body of bytes.
    pub fn bytes(&mut self, media_type: &str) -> Body<'_, 'a> {
        self.body(media_type, |bytes, content_type| {
            let content_type = Some(bare(content_type).to_owned()).filter(|text| !text.is_empty());
            let content = Bytes::from(bytes.into_owned());
            Ok(Content::File(File { content, content_type, name: None }))
        })
    }

    /// A body that is a form of parts, which must be there.
    pub fn multipart<T: FormData>(&mut self) -> Option<T> {
        let form = self.optional_multipart()?;
        if form.is_none() && self.refusal.is_none() {
            self.out.missing("/body");
        }
        form
    }

    /// A body that is a form of parts, which may be absent.
    pub fn optional_multipart<T: FormData>(&mut self) -> Option<Option<T>> {
        let bytes = self.body_bytes("multipart/form-data")?;
        let Some(bytes) = bytes else { return Some(None) };
        let content_type = self.request.header("Content-Type").next().unwrap_or_default();
        let mut form = Form::parse(&bytes, content_type, &mut self.out)?;
        T::read(&mut form).map(Some)
    }

    fn body(
        &mut self,
        media_type: &str,
        read: impl FnOnce(Cow<'a, [u8]>, &str) -> Result<Content<'a>, String>,
    ) -> Body<'_, 'a> {
        let content_type = self.request.header("Content-Type").next().unwrap_or_default();
        let content = match self.body_bytes(media_type) {
            None => Content::Wrong,
            Some(None) => Content::Absent,
            Some(Some(bytes)) => read(bytes, content_type).unwrap_or_else(|why| {
                self.out.add("/body", why);
                Content::Wrong
            }),
        };
        Body { content, out: &mut self.out }
    }

    /// The bytes of a body of this media type, none when it is empty; nothing where it is wrong, which is told.
    fn body_bytes(&mut self, media_type: &str) -> Option<Option<Cow<'a, [u8]>>> {
        match self.request.body() {
            Ok(None) => Some(None),
            Ok(bytes) => self.media_type(&[media_type]).map(|_| bytes),
            Err(_) => {
                self.out.add("/body", "found text that is not base64, although it says so");
                None
            }
        }
    }

    /// The input, when all parts of it are right.
    ///
    /// # Errors
    /// `415` for a body of the wrong media type, `406` where the client takes none of the answers, else `400` with every
    /// violation.
    pub fn finish<T>(self, input: Option<T>) -> Result<T, Problem> {
        match self.refusal {
            Some(problem) => Err(problem),
            None => self.out.or(input).map_err(Problem::bad_request),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::Json;

    fn pointers(problem: &Problem) -> Vec<&str> {
        problem.violations.iter().map(|violation| violation.pointer.as_str()).collect()
    }

    #[test]
    fn reports_every_part_at_once() {
        let request = Request::new("POST", "/x")
            .with_query("limit", "many")
            .with_header("Tries", "1")
            .with_header("tries", "2")
            .with_body("{");
        let mut parts = Parts::of(&request);
        let id = parts.path("id").required::<String>();
        let limit = parts.query("limit").optional::<i32>();
        let tries = parts.header("Tries").required::<i64>();
        let body = parts.json("application/json").required::<bool>();
        let input = id.zip(limit).zip(tries).zip(body);
        let problem = parts.finish(input).map(|_| ()).unwrap_err();
        assert_eq!(problem.status, 400);
        // A body is parsed before what is missing in it is told.
        let mut found = pointers(&problem);
        found.sort_unstable();
        assert_eq!(found, ["/body", "/header/Tries", "/path/id", "/query/limit"]);
    }

    #[test]
    fn reads_lists_in_both_spellings() {
        let request = Request::new("GET", "/")
            .with_query("a", "1")
            .with_query("a", "2")
            .with_query("b", "3, 4");
        let mut parts = Parts::of(&request);
        assert_eq!(parts.query("a").repeated().required::<Vec<i32>>(), Some(vec![1, 2]));
        assert_eq!(parts.query("b").separated().required::<Vec<i32>>(), Some(vec![3, 4]));
        let nothing = Request::new("GET", "/a").with_query("none", "");
        let mut empty = Parts::of(&nothing);
        assert_eq!(empty.query("none").separated().required::<Vec<i32>>(), Some(vec![]));
        assert_eq!(empty.query("none").separated().optional::<Vec<String>>(), Some(Some(vec![])));
        assert_eq!(empty.query("other").separated().optional::<Vec<String>>(), Some(None));
        assert_eq!(parts.query("c").repeated().or::<Vec<i32>>("[5]"), Some(vec![5]));
        assert_eq!(parts.query("c").optional::<i32>(), Some(None));
    }

    #[test]
    fn reads_styles_wherever_a_parameter_travels() {
        const POINT: Shape =
            Shape::Object(&[("x", Shape::Number), ("y", Shape::Number)], &Shape::Text);
        let request = Request::new("GET", "/")
            .with_query("at[x]", "1")
            .with_query("y", "2")
            .with_header("At", "x,3")
            .with_header("Cookie", "theme=dark; id=7; id=8; at=x%2C4");
        let mut parts = Parts::of(&request);
        let at = parts.query("at").styled(Style::Deep, POINT).required::<Json>();
        assert_eq!(at.unwrap().to_string(), r#"{"x":1}"#);
        let at = parts.query("at").styled(Style::Repeated, POINT).required::<Json>();
        assert_eq!(at.unwrap().to_string(), r#"{"y":2}"#);
        let at = parts.header("at").styled(Style::Simple, POINT).required::<Json>();
        assert_eq!(at.unwrap().to_string(), r#"{"x":3}"#);
        let at = parts.cookie("at").styled(Style::Commas, POINT).required::<Json>();
        assert_eq!(at.unwrap().to_string(), r#"{"x":4}"#);
        assert_eq!(parts.cookie("theme").required::<String>().as_deref(), Some("dark"));
        assert_eq!(parts.cookie("id").repeated().required::<Vec<i32>>(), Some(vec![7, 8]));
    }

    #[test]
    fn a_body_of_another_media_type_is_refused() {
        let request =
            Request::new("POST", "/").with_header("content-type", "text/plain").with_body("1");
        let mut parts = Parts::of(&request);
        let body = parts.json("application/json").required::<i32>();
        assert_eq!(parts.finish(body).unwrap_err().status, 415);
        let mut parts = Parts::of(&request);
        assert_eq!(parts.media_type(&["application/json", "text/*"]), Some(1));
        let body = parts.text("text/*").required::<i32>();
        assert_eq!(parts.finish(body), Ok(1));
    }

    #[test]
    fn another_character_set_is_named() {
        let detail = |content_type: &str, known: &[&str]| {
            let request = Request::new("POST", "/").with_body("{}");
            let request = request.with_header("Content-Type", content_type);
            let mut parts = Parts::of(&request);
            assert_eq!(parts.media_type(known), None);
            let problem = parts.finish(Some(())).unwrap_err();
            assert_eq!(problem.status, 415);
            problem.detail.clone().unwrap()
        };
        assert_eq!(
            detail("application/json; charset=iso-8859-1", &["application/json", "image/png"]),
            "this operation takes `application/json`, `image/png` in UTF-8 only; found the character set `iso-8859-1`"
        );
        let other = "this operation takes `application/json` only";
        assert_eq!(detail("text/plain; charset=iso-8859-1", &["application/json"]), other);
    }

    #[test]
    fn bodies_of_other_kinds_are_read() {
        let request = Request::new("POST", "/").with_body("a=1&b=x");
        const SHAPE: Shape = Shape::Object(&[("a", Shape::Number)], &Shape::Text);
        let form = Parts::of(&request).form(SHAPE, &[]).required::<Json>();
        assert_eq!(form.unwrap().to_string(), r#"{"a":1,"b":"x"}"#);
        let request = request.with_header("Content-Type", "image/png; x=y");
        let file = Parts::of(&request).bytes("image/*").file().unwrap();
        assert_eq!(
            (file.content.as_ref(), file.content_type.as_deref()),
            (&b"a=1&b=x"[..], Some("image/png"))
        );
        let empty = Request::new("POST", "/").with_body("");
        assert_eq!(Parts::of(&empty).bytes("image/*").optional_file(), Some(None));
        assert_eq!(Parts::of(&empty).text("text/plain").optional::<String>(), Some(None));
    }

    #[test]
    fn an_answer_that_the_client_does_not_take_is_refused_where_the_contract_says_how() {
        let request = Request::new("GET", "/").with_header("accept", "text/csv, */*;q=0.1");
        let mut parts = Parts::of(&request);
        assert_eq!(parts.accept(&["application/json", "text/csv"]), 1);
        assert_eq!(parts.acceptable(&["application/json"]), Some(0));
        let request = Request::new("GET", "/").with_header("accept", "text/csv");
        let mut parts = Parts::of(&request);
        assert_eq!(parts.accept(&["application/json"]), 0);
        assert_eq!(parts.acceptable(&["application/json"]), None);
        assert_eq!(parts.finish(Some(())).unwrap_err().status, 406);
    }

    #[test]
    fn no_content_type_means_json() {
        let request = Request::new("POST", "/").with_body("true");
        let mut parts = Parts::of(&request);
        assert_eq!(parts.json("application/json").required::<bool>(), Some(true));
    }
}
