//! The parcel carrier on the local stage, from its contracts' template and with real processes: every way in which
//! services can work together.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod carrier;
mod leaks;

use std::time::Duration;

use billing_contract::ChargeKey;
use courier_contract::{PositionKey, PresenceKey, TripKey};
use notices_contract::{Notice, NoticeKey, NoticeKind};
use parcels::courier::NOWHERE;
use parcels::notices::UNREACHABLE;
use runtime::Uuid;
use serde_json::{Value, json};

use stage::Access;

use carrier::{Carrier, eventually, secrets};

/// A page of another origin asks without credentials what it may send, and reads every answer, the gateway's own too.
#[tokio::test]
async fn a_page_of_another_origin_may_call() {
    let carrier = Carrier::open().await;
    let page = ("origin", "https://desk.parcels.example.com");
    let preflight = [page, ("access-control-request-method", "POST")];
    let answer = carrier.send("OPTIONS", "/parcel", &preflight, &Value::Null).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), page.1);
    assert_eq!(answer.header("access-control-allow-methods"), "OPTIONS, POST");
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "Authorization, Content-Type, X-Scanner-Key"
    );
    assert_eq!(answer.header("access-control-max-age"), "600");
    // Refused by the gateway before any function is asked; refused by a policy; no such route; a problem of the rule's.
    let (nobody, clerk) = (carrier.token(""), carrier.token("parcels.register"));
    for (method, path, headers, status) in [
        ("POST", "/parcel", vec![page], 401),
        ("POST", "/parcel", vec![page, ("authorization", nobody.as_str())], 403),
        ("GET", "/nowhere", vec![page], 403),
        ("POST", "/parcel", vec![page, ("authorization", clerk.as_str())], 400),
    ] {
        let answer = carrier.send(method, path, &headers, &Value::Null).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.header("access-control-allow-origin"), page.1, "{status}");
    }
    let other = [("origin", "https://evil.example.com"), preflight[1]];
    let answer = carrier.send("OPTIONS", "/parcel", &other, &Value::Null).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

/// The contract says who may call; the gateway and the function keep it, with the generated authorizer between them.
#[tokio::test]
async fn callers_prove_who_they_are() {
    let carrier = Carrier::open().await;
    let parcel = json!({"recipient": "Ada", "weightGrams": 1200});
    let stranger = stage::Issuer::generate().unwrap();
    let claims = json!({
        "iss": "https://login.parcels.example.com", "aud": "parcels", "sub": "eve",
        "exp": 4_000_000_000_u64, "scope": "parcels.register",
    });
    let expired = json!({
        "iss": "https://login.parcels.example.com", "aud": "parcels", "sub": "staff",
        "exp": 1_600_000_000, "scope": "parcels.register",
    });
    let foreign = format!("Bearer {}", stranger.mint(&claims).unwrap());
    let expired = format!("Bearer {}", carrier.stage.issuer().mint(&expired).unwrap());
    let (reader, clerk) = (carrier.token("parcels.scan"), carrier.token("parcels.register"));
    let own_key = carrier.stage.api_key("CallersApiKey").unwrap();
    for (headers, status) in [
        (vec![], 401),
        (vec![("authorization", foreign.as_str())], 401),
        (vec![("authorization", expired.as_str())], 401),
        (vec![("authorization", "Bearer nonsense")], 401),
        (vec![("x-scanner-key", own_key)], 401),
        (vec![("authorization", reader.as_str())], 403),
        (vec![("authorization", clerk.as_str())], 201),
    ] {
        let answer = carrier.send("POST", "/parcel", &headers, &parcel).await;
        assert_eq!(answer.status, status, "{headers:?} {answer:?}");
        if status != 201 {
            assert_eq!(answer.body["status"], status, "a problem document: {answer:?}");
        }
    }
    // A scanner has a key instead of a token.
    let id = carrier.register("Ada", 1200).await;
    let scan = json!({"scanId": "s-1", "place": "Door 1"});
    let path = format!("/parcel/{id}/scan");
    let key = carrier.stage.api_key("ClientApiKey").unwrap();
    for (headers, status) in [
        (vec![], 401),
        (vec![("x-scanner-key", "nonsense-nonsense-nonsense")], 403),
        (vec![("x-scanner-key", own_key)], 401),
        (vec![("authorization", clerk.as_str())], 403),
        (vec![("authorization", reader.as_str())], 202),
        (vec![("x-scanner-key", key)], 202),
    ] {
        let answer = carrier.send("POST", &path, &headers, &scan).await;
        assert_eq!(answer.status, status, "{headers:?} {answer:?}");
    }
    // `HEAD` is no way around, and a method that nobody has needs no credentials to be refused.
    assert_eq!(carrier.send("HEAD", &format!("/parcel/{id}"), &[], &Value::Null).await.status, 401);
    assert_eq!(
        carrier.send("DELETE", &format!("/parcel/{id}"), &[], &Value::Null).await.status,
        405
    );
}

#[tokio::test]
async fn a_request_is_answered_by_the_function() {
    let carrier = Carrier::open().await;
    let created = carrier.post("/parcel", &json!({"recipient": "Ada", "weightGrams": 1200})).await;
    assert_eq!(created.status, 201, "{created:?}");
    let path = format!("/parcel/{}", created.body["id"].as_str().unwrap());
    let read = carrier.get(&path).await;
    assert_eq!((read.status, &read.body), (200, &created.body));

    let refused = carrier.post("/parcel", &json!({"recipient": "", "weightGrams": 0})).await;
    let violations = refused.body["violations"].as_array().unwrap().iter();
    let pointers: Vec<_> = violations.map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!((refused.status, pointers), (400, vec!["/body/recipient", "/body/weightGrams"]));
    assert_eq!(carrier.get(&format!("/parcel/{}", Uuid::new_v4())).await.status, 404);
}

#[tokio::test]
async fn one_event_reaches_three_receivers_and_one_of_them_sends_in_turn() {
    let carrier = Carrier::open().await;
    let parcel_id = carrier.register("Ada", 1200).await;
    let trip = eventually("a trip", async || {
        carrier.courier.trip.get_consistent(&TripKey { parcel_id }).await.unwrap()
    });
    let charge = eventually("a charge", async || {
        carrier.billing.charge.get_consistent(&ChargeKey { parcel_id }).await.unwrap()
    });
    let (trip, charge) = (trip.await, charge.await);
    assert_eq!(charge.cents.get(), 520);
    let told = carrier.notice(parcel_id, NoticeKind::Registered).await;
    assert_eq!(told.text.as_str(), "Ada, a parcel is coming");
    let told = carrier.notice(parcel_id, NoticeKind::Assigned).await;
    // The code comes from a secret, the tariff above from a parameter: see `tests/secrets.toml`.
    let code = Uuid::new_v5(&parcel_id, b"of the tests").simple().to_string();
    let code = &code[..6];
    assert_eq!(told.text.as_str(), format!("Ada, {} brings it for the code {code}", trip.courier));
}

#[tokio::test]
async fn a_receiver_that_fails_touches_no_other() {
    let carrier = Carrier::open().await;
    carrier.hurry("Notices");
    let parcel_id = carrier.register(UNREACHABLE, 1200).await;
    eventually("a dead notice", async || carrier.first("NoticesDead")).await;
    let dead = carrier.first("NoticesDead").unwrap();
    assert_eq!(dead["detail"]["parcelId"], json!(parcel_id));
    let trip = carrier.courier.trip.get_consistent(&TripKey { parcel_id }).await.unwrap();
    let charge = carrier.billing.charge.get_consistent(&ChargeKey { parcel_id }).await.unwrap();
    assert!(trip.is_some() && charge.is_some());
    assert_eq!(carrier.n_sent("AssignmentsDead") + carrier.n_sent("ChargesDead"), 0);
}

#[tokio::test]
async fn a_message_that_fails_takes_no_neighbour_of_its_batch_with_it() {
    let carrier = Carrier::open().await;
    carrier.hurry("Charges");
    let heavy = carrier.register("Ada", 32_000).await;
    let mut light = Vec::new();
    for grams in 1..=20 {
        light.push((carrier.register("Ada", grams * 10).await, grams));
    }
    for (parcel_id, grams) in light {
        let charge = eventually("a charge", async || {
            carrier.billing.charge.get_consistent(&ChargeKey { parcel_id }).await.unwrap()
        });
        assert_eq!(charge.await.cents.get(), 400 + grams);
    }
    let dead = eventually("a dead charge", async || carrier.first("ChargesDead")).await;
    assert_eq!(dead["detail"]["parcelId"], json!(heavy));
    let key = ChargeKey { parcel_id: heavy };
    assert!(carrier.billing.charge.get_consistent(&key).await.unwrap().is_none());
    assert_eq!(carrier.n_sent("ChargesDead"), 1);
}

#[tokio::test]
async fn a_pattern_keeps_events_from_a_receiver() {
    let carrier = Carrier::open().await;
    carrier.register("Ada", 36_000).await;
    carrier.settle().await;
    assert_eq!((carrier.n_sent("Notices"), carrier.n_sent("Assignments")), (0, 1));
    carrier.register("Ada", 34_999).await;
    carrier.settle().await;
    assert_eq!((carrier.n_sent("Notices"), carrier.n_sent("Assignments")), (1, 2));
}

#[tokio::test]
async fn an_asynchronous_function_is_tried_three_times_and_then_its_event_is_kept() {
    let carrier = Carrier::open().await;
    let parcel_id = carrier.register(UNREACHABLE, 1200).await;
    let record = eventually("a record", async || carrier.first("ConfirmGivenUp")).await;
    assert_eq!(record["requestPayload"]["detail"]["parcelId"], json!(parcel_id));
    assert_eq!(record["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 3);
    assert_eq!(carrier.invocations("NoticesConfirmFunction"), 3);
    // The next event is none the worse for it.
    let parcel_id = carrier.register("Ada", 1200).await;
    carrier.notice(parcel_id, NoticeKind::Assigned).await;
    let nobody = NoticeKey { parcel_id, kind: NoticeKind::Assigned };
    assert!(carrier.notices.notice.get_consistent(&nobody).await.unwrap().is_some());
}

#[tokio::test]
async fn scans_of_a_parcel_keep_their_order_and_each_counts_once() {
    let carrier = Carrier::open().await;
    let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
    for step in 0..12 {
        for parcel in [a, b] {
            let scan = json!({"scanId": format!("s{step}"), "place": format!("p{step}")});
            // The scanner was not sure that it was heard.
            for _ in 0..2 {
                carrier.scan(parcel, &scan).await;
                carrier.settle().await;
            }
        }
    }
    let way: Vec<_> = (0..12).map(|step| format!("p{step}")).collect();
    for parcel_id in [a, b] {
        let places = eventually("the whole way", async || {
            let key = PositionKey { parcel_id };
            let position = carrier.courier.position.get_consistent(&key).await.unwrap()?;
            (position.places.len() >= way.len()).then_some(position.places)
        });
        let places: Vec<_> = places.await.iter().map(ToString::to_string).collect();
        assert_eq!(places, way);
    }
    let ledger = carrier.queue("Scans").ledger();
    assert_eq!((ledger.sent, ledger.deduplicated), (24, 24));
}

#[tokio::test]
async fn versions_of_an_event_go_to_methods_of_their_own_and_unknown_ones_to_the_dead_letters() {
    let carrier = Carrier::open().await;
    carrier.hurry("Scans");
    let parcel_id = Uuid::now_v7();
    carrier.scan(parcel_id, &json!({"scanId": "1", "place": "north"})).await;
    carrier.settle().await;
    carrier.scan(parcel_id, &json!({"scanId": "2", "place": "south", "weightGrams": 1300})).await;
    let position = eventually("two places", async || {
        let key = PositionKey { parcel_id };
        let position = carrier.courier.position.get_consistent(&key).await.unwrap()?;
        (position.places.len() == 2).then_some(position)
    });
    assert_eq!(position.await.weight_grams.unwrap().get(), 1300);

    let unknown = json!({"version": 3, "parcelId": Uuid::now_v7(), "scanId": "1", "place": "x"});
    carrier.put_event("com.example.depot", "ParcelScanned", &unknown).await;
    let dead = eventually("the unknown version", async || carrier.first("ScansDead")).await;
    assert_eq!(dead["detail"], unknown);
}

/// The stream of a table, read by a function with the role of its contract.
#[tokio::test]
async fn changes_of_a_table_come_in_order_and_those_given_up_are_told() {
    let carrier = Carrier::with(secrets(), Access::Enforce).await.unwrap();
    let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
    carrier.visit(a, "1", "north").await;
    eventually("a parcel in the north", async || carrier.is_at(a, "north").await).await;
    carrier.visit(a, "2", "south").await;
    eventually("a parcel in the south", async || carrier.is_at(a, "south").await).await;
    eventually("an empty north", async || match carrier.is_at(a, "north").await {
        None => Some(()),
        Some(()) => None,
    })
    .await;
    // Three attempts, and then the queue is told which change it was; what follows is processed.
    let before = carrier.invocations("CourierLocateFunction");
    carrier.visit(a, "3", NOWHERE).await;
    let told = eventually("a change that was given up", async || carrier.first("LocateGivenUp"));
    let told = told.await;
    assert_eq!(told["requestContext"]["condition"], "RetryAttemptsExhausted");
    let batch = &told["DDBStreamBatchInfo"];
    assert_eq!(batch["batchSize"], 1);
    assert_eq!(batch["startSequenceNumber"], batch["endSequenceNumber"]);
    carrier.visit(b, "1", "north").await;
    eventually("the other parcel", async || carrier.is_at(b, "north").await).await;
    assert!(carrier.is_at(a, NOWHERE).await.is_none());
    assert_eq!(carrier.invocations("CourierLocateFunction"), before + 3 + 1);
}

#[tokio::test]
async fn a_schedule_wakes_its_receiver_with_the_input_of_the_contract() {
    let carrier = Carrier::open().await;
    for n_fired in 1..=2 {
        carrier.stage.fire_schedule("DepotRemindRule").unwrap();
        let reminders = eventually("a reminder", async || {
            let page = carrier.depot.reminder.page(runtime::Query::all()).await.unwrap();
            (page.items.len() == n_fired).then_some(page.items)
        });
        assert!(reminders.await.iter().all(|reminder| reminder.after_hours.get() == 48));
    }
    assert_eq!(carrier.invocations("DepotRemindFunction"), 2);
}

impl Carrier {
    async fn notice(&self, parcel_id: Uuid, kind: NoticeKind) -> Notice {
        eventually("a notice", async || {
            let key = NoticeKey { parcel_id, kind };
            self.notices.notice.get_consistent(&key).await.unwrap()
        })
        .await
    }

    async fn register(&self, recipient: &str, grams: i32) -> Uuid {
        let parcel = json!({"recipient": recipient, "weightGrams": grams});
        let created = self.post("/parcel", &parcel).await;
        assert_eq!(created.status, 201, "{created:?}");
        created.body["id"].as_str().unwrap().parse().unwrap()
    }

    /// A scan, when the one before is done with.
    async fn visit(&self, parcel: Uuid, scan: &str, place: &str) {
        self.scan(parcel, &json!({"scanId": scan, "place": place})).await;
        self.settle().await;
    }

    /// Whether the courier's list has a parcel at a place.
    async fn is_at(&self, parcel_id: Uuid, place: &str) -> Option<()> {
        let key = PresenceKey { place: place.parse().ok()?, parcel_id };
        self.courier.presence.get_consistent(&key).await.unwrap().map(drop)
    }

    async fn scan(&self, parcel: Uuid, scan: &Value) {
        let answer = self.post(&format!("/parcel/{parcel}/scan"), scan).await;
        assert_eq!(answer.status, 202, "{answer:?}");
    }

    /// Waits until the bus has brought everything to its targets.
    async fn settle(&self) {
        eventually("a quiet bus", async || {
            (self.stage.buses().stats().under_way == 0).then_some(())
        })
        .await;
    }

    /// Lets messages that failed come again after a second, so that five attempts take seconds and not minutes.
    fn hurry(&self, queue: &str) {
        self.set_visibility(queue, Duration::from_secs(1));
    }
}

/// The roles allow what functions do, the secret, the parameter and what comes over an alias included.
#[tokio::test]
async fn the_roles_are_enough() {
    let carrier = Carrier::with(secrets(), Access::Enforce).await.unwrap();
    let parcel_id = carrier.register("Ada", 1200).await;
    let charge = eventually("a charge", async || {
        carrier.billing.charge.get_consistent(&ChargeKey { parcel_id }).await.unwrap()
    });
    assert_eq!(charge.await.cents.get(), 520);
    let told = carrier.notice(parcel_id, NoticeKind::Assigned).await;
    assert!(told.text.as_str().contains("for the code"), "{}", told.text.as_str());
    let calls = carrier.stage.calls();
    for action in ["secretsmanager:GetSecretValue", "ssm:GetParameter"] {
        assert!(calls.iter().any(|call| call.action == action), "{action}: {calls:?}");
    }
}

/// Functions read secrets: a stage that has no values for them says what to write where, and starts nothing.
#[tokio::test]
async fn a_missing_secret_is_told_before_anything_starts() {
    let empty = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty.toml");
    std::fs::write(&empty, "").unwrap();
    let error = Carrier::with(empty, Access::Off).await.err().unwrap().to_string();
    for told in [
        "spec/notices/asyncapi.yaml#/operations/confirm/x-lambda/environment/CODE_SEED",
        "the key `seed` of the secret `local/notices`",
        "the parameter `/parcels/tariff/base-cents`",
        "[secrets]\n\"local/notices\" = { \"seed\" = \"…\" }",
        "[parameters]\n\"/parcels/tariff/base-cents\" = \"…\"",
    ] {
        assert!(error.contains(told), "{told} is not in:\n{error}");
    }
}
