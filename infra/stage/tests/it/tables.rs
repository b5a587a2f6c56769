//! Tables, through the SDK: directly, through the AWS endpoint, and from one run to the next.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use stage::{Stage, StageOptions};

use crate::support::{Folder, get, options, stage};

fn client(endpoint: &str) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(endpoint);
    Client::from_conf(config.build())
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

async fn put_and_query(client: &Client, table: &str) {
    client
        .put_item()
        .table_name(table)
        .item("id", text("1"))
        .item("kind", text("a"))
        .send()
        .await
        .unwrap();
    let again = client.put_item().table_name(table).item("id", text("1"));
    let refused = again.condition_expression("attribute_not_exists(id)").send().await.unwrap_err();
    assert!(refused.into_service_error().is_conditional_check_failed_exception());
    let query = client.query().table_name(table).index_name("byKind");
    let query = query
        .key_condition_expression("kind = :kind")
        .expression_attribute_values(":kind", text("a"));
    assert_eq!(query.send().await.unwrap().count(), 1);
}

#[tokio::test]
async fn tables_are_those_of_the_template() {
    let stage = stage().await;
    let table = stage.table_name("ItemTable").unwrap();
    let client = client(&stage.dynamodb_endpoint());
    put_and_query(&client, table).await;
    let ttl = client.describe_time_to_live().table_name(table).send().await.unwrap();
    let ttl = ttl.time_to_live_description().unwrap();
    assert_eq!(ttl.attribute_name(), Some("expires"));
}

#[tokio::test]
async fn the_aws_endpoint_passes_on_what_is_for_the_tables() {
    let stage =
        Stage::start(StageOptions { tables_through_endpoint: true, ..options() }).await.unwrap();
    put_and_query(&client(stage.aws_endpoint()), stage.table_name("ItemTable").unwrap()).await;
    let variables = get(&format!("{}/all/environment", stage.api_url())).await.json();
    assert!(variables["AWS_ENDPOINT_URL_DYNAMODB"].is_null());
}

/// A transaction under a token that was used already writes nothing, and answers as the first did.
#[tokio::test]
async fn a_transaction_counts_once_under_its_token() {
    let stage = stage().await;
    let table = stage.table_name("ItemTable").unwrap();
    let client = client(&stage.dynamodb_endpoint());
    let write = |id: &str, token: &str| {
        let put = Put::builder().table_name(table).item("id", text(id));
        let put = put.condition_expression("attribute_not_exists(id)").build().unwrap();
        let item = TransactWriteItem::builder().put(put).build();
        client.transact_write_items().transact_items(item).client_request_token(token).send()
    };
    // At the same time and one after the other.
    let (one, other) = tokio::join!(write("1", "first"), write("1", "first"));
    one.unwrap();
    other.unwrap();
    write("1", "first").await.unwrap();
    let refused = write("2", "first").await.unwrap_err().into_service_error();
    assert!(refused.is_idempotent_parameter_mismatch_exception(), "{refused:?}");
    let refused = write("1", "second").await.unwrap_err().into_service_error();
    assert!(refused.is_transaction_canceled_exception(), "{refused:?}");
    // One that failed is tried again under its token, with whatever is to be written then.
    write("4", "second").await.unwrap();
    let refused = write("1", "third").await.unwrap_err().into_service_error();
    assert!(refused.is_transaction_canceled_exception(), "{refused:?}");
    let deleted = client.delete_item().table_name(table).key("id", text("1")).send().await;
    deleted.unwrap();
    write("1", "third").await.unwrap();
    let refused = write("3", &"x".repeat(37)).await.unwrap_err().into_service_error();
    assert_eq!(refused.code(), Some("ValidationException"), "{refused:?}");
    assert_eq!(client.scan().table_name(table).send().await.unwrap().count(), 2);
}

#[tokio::test]
async fn a_data_folder_keeps_items_until_the_next_run() {
    let folder = Folder::new();
    let options = StageOptions { data_dir: Some(folder.0.clone()), ..options() };
    let stage = Stage::start(options.clone()).await.unwrap();
    put_and_query(&client(&stage.dynamodb_endpoint()), stage.table_name("ItemTable").unwrap())
        .await;
    stage.shutdown().await;
    let stage = Stage::start(options).await.unwrap();
    let table = stage.table_name("ItemTable").unwrap().to_owned();
    let get = client(&stage.dynamodb_endpoint())
        .get_item()
        .table_name(table)
        .key("id", text("1"))
        .send()
        .await;
    assert!(get.unwrap().item().is_some());
    stage.shutdown().await;
}
