//! Bad messages and events, sent past the contracts by the AWS SDK: the good ones in the same batch become
//! orders, the bad ones end in the dead-letter queue, and nothing else changes.

use std::time::Duration;

use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use serde_json::{Value, json};

use crate::stage::{customer, envelope, shop};

/// How long five failed attempts may take, at one second each.
const PATIENCE: Duration = Duration::from_secs(40);

fn queues() -> aws_sdk_sqs::Client {
    let credentials = aws_sdk_sqs::config::Credentials::new("test", "test", None, None, "test");
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
        .region(aws_sdk_sqs::config::Region::new("us-east-1"))
        .credentials_provider(credentials)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(shop().stage().aws_endpoint());
    aws_sdk_sqs::Client::from_conf(config.build())
}

fn buses() -> aws_sdk_eventbridge::Client {
    let credentials =
        aws_sdk_eventbridge::config::Credentials::new("test", "test", None, None, "test");
    let config = aws_sdk_eventbridge::Config::builder()
        .behavior_version(aws_sdk_eventbridge::config::BehaviorVersion::latest())
        .region(aws_sdk_eventbridge::config::Region::new("us-east-1"))
        .credentials_provider(credentials)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(shop().stage().aws_endpoint());
    aws_sdk_eventbridge::Client::from_conf(config.build())
}

fn queue_url(id: &str) -> &'static str {
    shop().stage().queue_url(id).unwrap_or_else(|| panic!("there is no queue {id}"))
}

/// Lets messages that failed come again after a second, so that five attempts take seconds and not minutes.
async fn hurry(queues: &aws_sdk_sqs::Client) {
    let request = queues
        .set_queue_attributes()
        .queue_url(queue_url("OrderQueue"))
        .attributes(QueueAttributeName::VisibilityTimeout, "1");
    request.send().await.unwrap();
}

/// Sends ten messages in one batch.
async fn send_batch(queues: &aws_sdk_sqs::Client, bodies: &[String]) {
    let entries = bodies.iter().enumerate().map(|(index, body)| {
        let entry = SendMessageBatchRequestEntry::builder().id(index.to_string());
        entry.message_body(body).build().unwrap()
    });
    let request = queues.send_message_batch().queue_url(queue_url("OrderQueue"));
    let sent = request.set_entries(Some(entries.collect())).send().await.unwrap();
    assert!(sent.failed().is_empty(), "{sent:?}");
}

/// The message with this text in it, as soon as it is in the dead-letter queue; it is removed from there.
async fn dead_letter(queues: &aws_sdk_sqs::Client, text: &str) -> String {
    let look = async {
        loop {
            let request = queues
                .receive_message()
                .queue_url(queue_url("OrderDeadLetterQueue"))
                .max_number_of_messages(10)
                .visibility_timeout(1)
                .wait_time_seconds(1);
            let received = request.send().await.unwrap();
            for message in received.messages() {
                let body = message.body().unwrap_or_default();
                if body.contains(text) {
                    let done = queues.delete_message().queue_url(queue_url("OrderDeadLetterQueue"));
                    done.receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();
                    return body.to_owned();
                }
            }
        }
    };
    let found = tokio::time::timeout(PATIENCE, look).await;
    found.unwrap_or_else(|_| panic!("{text:?} is not in the dead-letter queue"))
}

#[tokio::test]
async fn one_poisoned_message_in_a_batch_of_ten_does_not_touch_its_neighbours() {
    let queues = queues();
    hurry(&queues).await;
    let users: Vec<_> = (0..9).map(|_| customer()).collect();
    let mut bodies: Vec<_> = users.iter().map(|user| envelope(user, 1).to_string()).collect();
    let poison = format!("this is no event {}", customer());
    bodies.insert(4, poison.clone());
    send_batch(&queues, &bodies).await;
    for user in &users {
        assert_eq!(shop().orders(user, 1).await.len(), 1);
    }
    assert_eq!(dead_letter(&queues, &poison).await, poison);
    for user in &users {
        assert_eq!(shop().orders_now(user).await.len(), 1, "{user}");
    }
}

#[tokio::test]
async fn a_message_that_is_delivered_twice_is_one_order() {
    let user = customer();
    let body = envelope(&user, 1).to_string();
    send_batch(&queues(), &vec![body; 10]).await;
    assert_eq!(shop().orders(&user, 1).await.len(), 1);
    // A good message behind them shows that they are all done with.
    let last = customer();
    send_batch(&queues(), &[envelope(&last, 1).to_string()]).await;
    shop().orders(&last, 1).await;
    assert_eq!(shop().orders_now(&user).await.len(), 1);
}

#[tokio::test]
async fn an_event_of_a_version_that_nobody_knows_ends_in_the_dead_letter_queue() {
    let queues = queues();
    hurry(&queues).await;
    let user = customer();
    put_event(&envelope(&user, 2)["detail"]).await;
    assert!(dead_letter(&queues, &user).await.contains(&user));
    assert!(shop().orders_now(&user).await.is_empty());
}

#[tokio::test]
async fn an_event_that_violates_the_contract_ends_in_the_dead_letter_queue() {
    let queues = queues();
    hurry(&queues).await;
    let user = customer();
    let mut detail = envelope(&user, 1)["detail"].clone();
    detail["items"][0]["quantity"] = json!(-2);
    detail.as_object_mut().unwrap().remove("checkoutId");
    put_event(&detail).await;
    assert!(dead_letter(&queues, &user).await.contains(&user));
    assert!(shop().orders_now(&user).await.is_empty());
}

/// Puts an event on the bus that the shop shares.
async fn put_event(detail: &Value) {
    let bus = shop().stage().output("SwnEventBusName").unwrap_or("SwnEventBus");
    let entry = aws_sdk_eventbridge::types::PutEventsRequestEntry::builder()
        .event_bus_name(bus)
        .source("com.swn.basket.checkoutbasket")
        .detail_type("CheckoutBasket")
        .detail(detail.to_string())
        .build();
    let answer = buses().put_events().entries(entry).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 0, "{answer:?}");
}
