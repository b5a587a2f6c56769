//! Requests as API Gateway hands them over, driven through the code that is generated for bodies and parameters of every
//! kind.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    reason = "a test may stop where it fails, and uses what it needs of a case"
)]

#[path = "../../cases/rust/bodies/expected/model/mod.rs"]
#[rustfmt::skip]
mod model;
#[path = "../../cases/rust/bodies/expected/operations/mod.rs"]
#[rustfmt::skip]
mod operations;
#[path = "../../cases/rust/bodies/expected/routes.rs"]
#[rustfmt::skip]
mod routes;

use std::time::Duration;

use operations::*;
use runtime::{Context, File, Problem, Request, Response, respond};
use serde_json::{Value, json};

struct Shop;

impl Operations for Shop {
    async fn send_form(&self, _: &Context, input: SendFormInput) -> Result<String, SendFormError> {
        Ok(runtime::to_json(&input.body))
    }

    async fn upload(&self, _: &Context, input: UploadInput) -> Result<UploadOutput, UploadError> {
        let form = input.body;
        if form.note.as_str() == "refuse" {
            return Err(UploadError::BadRequest(Problem::new(400, "refused")));
        }
        let more = [form.more, form.several].into_iter().flatten().flatten().count();
        let more = more + usize::from(form.built.is_some());
        let name = format!("{} {} {:?} {more}", form.note.as_str(), form.place.city, form.numbers);
        Ok(form.picture.named(name))
    }

    async fn send_text(&self, _: &Context, _: SendTextInput) -> Result<(), SendTextError> {
        Ok(())
    }

    async fn send_bytes(
        &self,
        _: &Context,
        input: SendBytesInput,
    ) -> Result<SendBytesOutput, SendBytesError> {
        Ok(input.body)
    }

    async fn send_packed(
        &self,
        _: &Context,
        input: SendPackedInput,
    ) -> Result<SendPackedOutput, SendPackedError> {
        Ok(input.body)
    }

    async fn send_any(
        &self,
        _: &Context,
        input: SendAnyInput,
    ) -> Result<SendAnyOutput, SendAnyError> {
        Ok(match (input.body, input.accept) {
            (SendAnyContent::Json(place), SendAnyAccept::Csv) => SendAnyOkContent::Csv(place.city),
            (SendAnyContent::Json(place), _) if place.city == "in the way" => {
                return Err(SendAnyError::Conflict(SendAnyConflictContent::Text(place.city)));
            }
            (SendAnyContent::Json(place), _) => SendAnyOkContent::Json(place),
            (SendAnyContent::Csv(text), _) => SendAnyOkContent::Csv(text),
            (SendAnyContent::Image(file), _) => SendAnyOkContent::Image(file),
        })
    }

    async fn read_styles(
        &self,
        _: &Context,
        input: ReadStylesInput,
    ) -> Result<ReadStylesOutput, ReadStylesError> {
        let x_numbers = input.label.clone();
        let x_place = input.x_place.clone();
        Ok(ReadStylesOutput { x_numbers, x_place, body: format!("{input:?}") })
    }
}

async fn send(request: Request) -> Response {
    let cx = Context::new("the-id", Duration::from_secs(5));
    respond(&routes::Routes::new(Shop), &cx, request).await
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    let found = response.headers.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

fn put(path: &str, media_type: &str) -> Request {
    Request::new("PUT", path).with_header("Content-Type", media_type)
}

fn json(response: &Response) -> Value {
    serde_json::from_str(response.body.as_deref().unwrap()).unwrap()
}

#[tokio::test]
async fn a_form_is_read_by_its_schema() {
    let request = |body: &str| {
        Request::new("POST", "/forms")
            .with_header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .with_body(body)
    };
    let body = "age=7&name=a+%26+b&tags=x&tags=y&place=%7B%22city%22%3A%22Z%22%7D&deep[city]=Q&deep[floor]=2\
        &all=%7B%22city%22%3A%22A%22%7D";
    let response = send(request(body)).await;
    assert_eq!((response.status, response.is_base64), (200, false));
    assert_eq!(header(&response, "Content-Type"), "text/plain; charset=utf-8");
    assert_eq!(
        json(&response),
        json!({
            "age": 7, "name": "a & b", "tags": ["x", "y"], "place": {"city": "Z"}, "deep": {"city": "Q", "floor": 2},
            "all": [{"city": "A"}],
        })
    );
    let response = send(request("age=seven&deep[floor]=x")).await;
    let pointers: Vec<String> = json(&response)["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| violation["pointer"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(response.status, 400);
    assert!(pointers.contains(&"/body/age".to_owned()), "{pointers:?}");
    assert!(pointers.iter().any(|pointer| pointer.starts_with("/body/deep")), "{pointers:?}");
}

#[tokio::test]
async fn files_pass_byte_for_byte() {
    let every_byte: Vec<u8> = (0..=255).chain(*b"\r\n--B\r\n").collect();
    let part = |head: &str, content: &[u8]| {
        [
            format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
            content,
            b"\r\n",
        ]
        .concat()
    };
    let upload = |parts: &[Vec<u8>]| {
        Request::new("POST", "/uploads")
            .with_header("Content-Type", "multipart/form-data; boundary=B")
            .with_bytes(&[parts.concat(), b"--B--\r\n".to_vec()].concat())
    };
    let picture = |content: &[u8]| {
        part("name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png", content)
    };
    let place = part("name=\"place\"\r\nContent-Type: application/json", br#"{"city":"Q"}"#);
    let numbers = [part("name=\"numbers\"", b"1"), part("name=\"numbers\"", b"2")].concat();
    // A boundary within a file would end it, so one that only looks like it must not.
    let almost: Vec<u8> = every_byte.iter().copied().chain(*b"\r\n--Bx").collect();
    let almost =
        almost.strip_prefix(&every_byte[..256]).map(|_| [&every_byte[..256], b"\r\n--Bx"].concat());
    let content = almost.unwrap();
    let response = send(upload(&[picture(&content), place.clone(), numbers])).await;
    assert_eq!((response.status, response.is_base64), (200, true), "{response:?}");
    assert_eq!(header(&response, "Content-Type"), "image/png");
    let again = Request::new("PUT", "/").with_bytes(&content);
    let sent = serde_json::to_value(&response).unwrap();
    let expected = again.body().unwrap().unwrap().into_owned();
    let answered = Request::new("PUT", "/").with_body(sent["body"].as_str().unwrap());
    assert_eq!(answered.body().unwrap().unwrap().len(), expected.len().div_ceil(3) * 4);

    let gif = part("name=\"picture\"; filename=\"a.gif\"\r\nContent-Type: image/gif", b"GIF");
    let long = part("name=\"note\"", b"longer than it may be");
    let stranger = part("name=\"other\"", b"x");
    let response = send(upload(&[gif, long, stranger])).await;
    let found = json(&response);
    let pointers: Vec<&str> = found["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["pointer"].as_str().unwrap())
        .collect();
    assert_eq!((response.status, pointers.len()), (400, 4), "{found}");
    for pointer in ["/body/picture", "/body/place", "/body/note", "/body/other"] {
        assert!(pointers.contains(&pointer), "{found}");
    }
    let refuse = part("name=\"note\"", b"refuse");
    let response = send(upload(&[picture(b"x"), place, refuse])).await;
    assert_eq!((response.status, &json(&response)["detail"]), (400, &json!("refused")));
}

#[tokio::test]
async fn text_and_bytes_are_what_they_are() {
    let response = send(put("/texts", "text/plain").with_body("short")).await;
    assert_eq!(response.status, 204);
    let response = send(put("/texts", "text/plain").with_body("much too long")).await;
    assert_eq!(response.status, 422, "the contract calls it by another status");
    let response = send(put("/texts", "text/html").with_body("short")).await;
    assert_eq!(response.status, 422, "the contract knows no 415");
    assert_eq!(send(Request::new("PUT", "/texts")).await.status, 204);
    let response = send(put("/bytes", "application/octet-stream").with_bytes(&[0, 255, 10])).await;
    assert_eq!((response.status, response.body.as_deref()), (200, Some("AP8K")));
    assert_eq!(header(&response, "Content-Type"), "application/pdf");
    let response = send(put("/bytes", "text/plain").with_body("x")).await;
    assert_eq!(response.status, 415);
}

#[tokio::test]
async fn one_of_several_kinds_is_chosen_by_its_media_type() {
    let any = |media_type: &str, body: &str| put("/any", media_type).with_body(body);
    let place = r#"{"city":"Q"}"#;
    let response = send(any("application/json", place)).await;
    assert_eq!((response.status, header(&response, "Content-Type")), (200, "application/json"));
    let form = any("application/x-www-form-urlencoded", "city=Q&floor=3");
    let response = send(form.with_header("Accept", "application/vnd.shop+json, */*;q=0.1")).await;
    assert_eq!(header(&response, "Content-Type"), "application/vnd.shop+json");
    assert_eq!(json(&response), json!({"city": "Q", "floor": 3}));
    let response = send(any("application/json", place).with_header("accept", "text/csv")).await;
    assert_eq!(header(&response, "Content-Type"), "text/csv; charset=utf-8");
    assert_eq!(response.body.as_deref(), Some("Q"));
    let response = send(put("/any", "image/webp").with_bytes(b"\xff")).await;
    assert_eq!((header(&response, "Content-Type"), response.is_base64), ("image/webp", true));
    let response = send(any("video/mp4", "x")).await;
    assert_eq!(response.status, 415);
    let response = send(any("application/json", place).with_header("Accept", "video/*")).await;
    assert_eq!(response.status, 406);
    let response = send(any("application/json", r#"{"city":"in the way"}"#)).await;
    assert_eq!((response.status, response.body.as_deref()), (409, Some("in the way")));
}

#[tokio::test]
async fn parameters_are_read_in_every_style() {
    let request = || {
        Request::new("GET", "/styles/.1,2/;city=Q%3BX;floor=3/a,b%2Cc")
            .with_header("Cookie", "sid=abc; other=1")
            .with_header("X-Place", "city=H,floor=1")
    };
    let full = request()
        .with_query("filter[open]", "true")
        .with_query("filter[price][min]", "1.5")
        .with_query("filter[tags]", "x")
        .with_query("city", "F")
        .with_query("floor", "2")
        .with_query("stranger", "7")
        .with_query("pipes", "a|b")
        .with_query("spaces", "1 2")
        .with_query("pairs", "a,1,b,x")
        .with_query("json", r#"{"open":false}"#)
        .with_query("some", "5");
    let response = send(full).await;
    let body = response.body.clone().unwrap_or_default();
    assert_eq!(response.status, 200, "{body}");
    for part in [
        "label: [1, 2]",
        "matrix: Place { city: \"Q;X\", floor: Some(3), others: {} }",
        "list: [\"a\", \"b,c\"]",
        "open: Some(true)",
        "min: Some(1.5)",
        "tags: Some([\"x\"])",
        "flat: Some(Place { city: \"F\", floor: Some(2), others: {} })",
        "{\"stranger\": 7}",
        "pipes: Some([\"a\", \"b\"])",
        "spaces: Some([1, 2])",
        "a: Some(1), b: Some(\"x\")",
        "open: Some(false)",
        "Integer(5)",
        "abc",
        "x_place: Some(Place { city: \"H\", floor: Some(1), others: {} })",
    ] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
    assert_eq!(header(&response, "X-Numbers"), "1,2");
    assert_eq!(header(&response, "X-Place"), "city,H,floor,1");
    let response =
        send(request().with_query("filter[open]", "perhaps").with_query("json", "{")).await;
    let found = json(&response);
    assert_eq!(response.status, 400);
    assert_eq!(found["violations"][0]["pointer"], "/query/filter/open", "{found}");
    assert_eq!(found["violations"][1]["pointer"], "/query/json", "{found}");
    let bare = send(Request::new("GET", "/styles/.1/;city=Q/a")).await;
    assert_eq!(json(&bare)["violations"][0]["pointer"], "/cookie/sid");
}
