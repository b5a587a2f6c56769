//! What tables, Lambda and HTTP do not allow: numbers, sizes and preconditions.

use std::collections::BTreeSet;

use super::*;

#[tokio::test]
async fn a_number_that_no_table_holds_is_a_violation() {
    let shop = shop();
    let parcel = |weight: &str| format!(r#"{{"id":"p","last":null,"weight":{weight},"free":[0]}}"#);
    for (method, target, body, pointer) in [
        ("PUT", "/parcels", Some(parcel("1e126")), "/body/weight"),
        ("PUT", "/parcels/p", Some(parcel("1e-131")), "/body/weight"),
        ("PUT", "/parcels/p/whole", Some(parcel("-1e200")), "/body/weight"),
        ("PATCH", "/parcels/p", Some(r#"{"free":[1,1e300]}"#.to_owned()), "/body/free/1"),
        ("GET", "/shows?city=Bern&most=1e127", None, "/query/most"),
    ] {
        let response = ask(&shop, method, target, &[], body.as_deref()).await;
        let told: Value = serde_json::from_str(response.body.as_deref().unwrap()).unwrap();
        assert_eq!(response.status, 400, "{method} {target}: {told}");
        assert_eq!(told["violations"][0]["pointer"], json!(pointer), "{method} {target}");
    }
    let response = ask(&shop, "PUT", "/parcels", &[], Some(&parcel("9e125"))).await;
    assert_eq!(response.status, 200, "{:?}", response.body);
}

#[tokio::test]
async fn a_page_ends_before_its_response_is_too_large() {
    let shop = shop();
    for n in 0..20 {
        let parcel =
            json!({"id": format!("p{n}"), "last": null, "note": "\u{1f600}".repeat(95_000)});
        assert_eq!(send(&shop, "PUT", "/parcels", &[], Some(parcel)).await.0, 200);
    }
    let mut ids = BTreeSet::new();
    let mut n_pages = 0;
    let mut target = "/parcels?limit=100".to_owned();
    loop {
        let response = ask(&shop, "GET", &target, &[], None).await;
        let sent = serde_json::to_string(&response).unwrap();
        assert_eq!(response.status, 200);
        assert!(sent.len() < 6_291_556, "{}", sent.len());
        n_pages += 1;
        let page: Value = serde_json::from_str(response.body.as_deref().unwrap()).unwrap();
        let parcels = page["parcels"].as_array().unwrap().iter();
        for id in parcels.map(|one| one["id"].as_str().unwrap().to_owned()) {
            assert!(ids.insert(id), "each is on one page");
        }
        match page["next"].as_str() {
            Some(next) => target = format!("/parcels?limit=100&next={next}"),
            None => break,
        }
    }
    assert_eq!((ids.len(), n_pages), (20, 2));
    // Where no page follows, nothing is left out silently.
    assert_eq!(send(&shop, "GET", "/parcels/first?limit=3", &[], None).await.0, 200);
    assert_eq!(send(&shop, "GET", "/parcels/first?limit=100", &[], None).await.0, 500);
}

#[tokio::test]
async fn preconditions_are_never_ignored() {
    let shop = shop();
    let seats = || Some(json!({"seats": 5}));
    let new = [("If-None-Match", "*")];
    let at = "/venues/Bern/Dom";
    for (headers, status) in [(&new[..], 201), (&new, 412), (&[], 200), (&[("If-Match", "*")], 412)]
    {
        let (found, body, _) = send(&shop, "PUT", at, headers, seats()).await;
        assert_eq!(found, status, "{headers:?}: {body}");
    }
    let parcel = || Some(json!({"id": "p", "last": null}));
    let tag = [("If-Match", "\"1\"")];
    for (method, target, headers, status) in [
        ("PUT", "/parcels", &new, 200),
        ("PUT", "/parcels", &new, 412),
        ("PUT", "/parcels/p", &new, 412),
        ("PUT", "/parcels/p", &tag, 412),
        ("PUT", "/parcels/p/whole", &new, 412),
        ("PUT", "/parcels/p/whole", &tag, 412),
        ("PATCH", "/parcels/p", &tag, 412),
        ("PATCH", "/parcels/p", &new, 412),
        ("PUT", "/parcels/p/whole", &[("If-None-Match", "\"1\"")], 200),
        ("PUT", "/parcels/p/whole", &[("If-Match", "*")], 200),
    ] {
        let (found, body, _) = send(&shop, method, target, headers, parcel()).await;
        assert_eq!(found, status, "{method} {target} {headers:?}: {body}");
    }
    let at = created(&shop, show("Bern", "2026-11-01T19:00:00Z", "draft")).await;
    let known = [("If-None-Match", "\"1\"")];
    assert_eq!(send(&shop, "DELETE", &at, &known, None).await.0, 412);
    assert_eq!(send(&shop, "DELETE", &at, &new, None).await.0, 412);
}

#[tokio::test]
async fn a_repetition_gets_the_media_type_of_the_first_answer() {
    let shop = shop();
    let book = |accept: &'static str| {
        let shop = &shop;
        async move {
            let headers = [("Idempotency-Key", "k"), ("Accept", accept)];
            let response = ask(shop, "POST", "/bookings", &headers, Some(r#"{"seats":1}"#)).await;
            let mut headers = response.headers.iter();
            let found = headers.find(|(name, _)| name == "Content-Type");
            (response.status, found.unwrap().1.clone())
        }
    };
    let hal = (201, "application/hal+json".to_owned());
    assert_eq!(book("application/hal+json").await, hal);
    assert_eq!(book("application/hal+json").await, hal);
    assert_eq!(book("*/*").await, hal);
}
