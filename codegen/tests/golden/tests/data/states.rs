//! State machines (`x-transitions`): no write leaves one, whether through another state or through absence.

use super::*;

/// A parcel, and the requests that are sent to it in turn, each with its status.
async fn check(parcel: Value, requests: &[(&str, &str, Value, u16)]) {
    let shop = shop();
    let (status, body, _) = send(&shop, "PUT", "/parcels", &[], Some(parcel.clone())).await;
    assert_eq!(status, 200, "{body}");
    for (method, target, sent, expected) in requests {
        let (status, body, _) = send(&shop, method, target, &[], Some(sent.clone())).await;
        assert_eq!(status, *expected, "{parcel}: {method} {target} {sent}: {body}");
    }
}

/// A whole parcel with these properties beside its id.
fn parcel(properties: Value) -> Value {
    let mut parcel = json!({"id": "p", "last": null});
    for (name, value) in properties.as_object().unwrap() {
        parcel[name] = value.clone();
    }
    parcel
}

/// Each way to write a whole parcel.
const WHOLE: [&str; 3] = ["/parcels", "/parcels/p", "/parcels/p/whole"];

#[tokio::test]
async fn a_state_is_not_lost() {
    for state in [
        json!({"stage": "sent"}),
        json!({"last": "gone"}),
        json!({"payment": {"amount": 1, "stage": "sent"}}),
    ] {
        let there = parcel(state.clone());
        for target in WHOLE {
            let without = parcel(json!({"note": "x"}));
            check(
                there.clone(),
                &[("PUT", target, without, 409), ("PUT", target, there.clone(), 200)],
            )
            .await;
        }
    }
    let there = parcel(json!({"stage": "sent", "payment": {"amount": 1, "stage": "sent"}}));
    let at = "/parcels/p";
    for patch in [
        json!({"stage": null}),
        json!({"payment": null}),
        json!({"payment": {"stage": null}}),
        json!({"stage": "packed"}),
        json!({"payment": {"stage": "packed"}}),
    ] {
        check(there.clone(), &[("PATCH", at, patch, 409)]).await;
    }
    let unpaid = json!({"payment": {"amount": 2}});
    check(there, &[("POST", "/parcels/p/payment", unpaid, 409)]).await;
}

#[tokio::test]
async fn states_follow_one_another_wherever_they_are() {
    let of = |stage: &str| {
        [
            json!({"stage": stage}),
            json!({"payment": {"amount": 1, "stage": stage, "tags": {"a": "b"}}}),
        ]
    };
    for at in 0..2 {
        let [packed, sent, lost] = ["packed", "sent", "lost"].map(|stage| of(stage)[at].clone());
        for target in WHOLE {
            let [packed, sent, lost] = [&packed, &sent, &lost].map(|state| parcel(state.clone()));
            let requests = [
                ("PUT", target, lost.clone(), 409),
                ("PUT", target, packed.clone(), 200),
                ("PUT", target, sent.clone(), 200),
                ("PUT", target, packed.clone(), 409),
                ("PUT", target, lost, 200),
            ];
            check(packed, &requests).await;
        }
        let target = "/parcels/p";
        let requests = [
            ("PATCH", target, lost.clone(), 409),
            ("PATCH", target, json!({"note": "x"}), 200),
            ("PATCH", target, sent.clone(), 200),
            ("PATCH", target, packed.clone(), 409),
            ("PATCH", target, lost, 200),
        ];
        check(parcel(packed), &requests).await;
    }
    let pay = |stage: &str| json!({"payment": {"amount": 1, "stage": stage}});
    let target = "/parcels/p/payment";
    let requests = [
        ("POST", target, pay("lost"), 409),
        ("POST", target, pay("sent"), 200),
        ("POST", target, pay("packed"), 409),
    ];
    check(parcel(pay("packed")), &requests).await;
}

#[tokio::test]
async fn what_has_no_state_yet_begins_in_any() {
    for state in [json!({"stage": "lost"}), json!({"payment": {"amount": 1, "stage": "sent"}})] {
        for target in WHOLE {
            let requests = [
                ("PUT", target, parcel(json!({})), 200),
                ("PUT", target, parcel(state.clone()), 200),
            ];
            check(parcel(json!({})), &requests).await;
        }
        check(parcel(json!({})), &[("PATCH", "/parcels/p", state, 200)]).await;
    }
    let last = |last: &str| json!({"last": last});
    let requests = [
        ("PATCH", "/parcels/p", last("seen"), 200),
        ("PATCH", "/parcels/p", last("gone"), 200),
        ("PATCH", "/parcels/p", last("seen"), 409),
    ];
    check(parcel(json!({})), &requests).await;
}

/// Either order of two patches leaves both (RFC 7396), so both at once do too.
#[tokio::test]
async fn patches_of_an_object_that_is_not_there_yet_add_up() {
    for round in 0..8 {
        let shop = shop();
        send(&shop, "PUT", "/parcels", &[], Some(parcel(json!({})))).await;
        let patch = |name: String| {
            let shop = &shop;
            async move {
                let patch = json!({"payment": {"amount": 1, "tags": {name: "x"}}});
                send(shop, "PATCH", "/parcels/p", &[], Some(patch)).await.0
            }
        };
        let (one, two) = tokio::join!(patch("a".to_owned()), patch("b".to_owned()));
        assert_eq!((one, two), (200, 200));
        let (_, body, _) = send(&shop, "PATCH", "/parcels/p", &[], Some(json!({}))).await;
        assert_eq!(body["payment"]["tags"], json!({"a": "x", "b": "x"}), "round {round}");
    }
}
