//! What a person would write by hand for `GET /product/{id}` with `lambda_http` and the AWS SDK, and nothing more:
//! no validation, no typed errors, no logs. The yardstick for the generated function in `benches/function.rs`.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use lambda_http::{Body, Error, Request, RequestExt, Response, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let http = aws_smithy_http_client::Builder::new().build_http();
    let config =
        aws_config::defaults(aws_config::BehaviorVersion::latest()).http_client(http).load().await;
    let client = Client::new(&config);
    let table = std::env::var("PRODUCT_TABLE")?;
    run(service_fn(|request: Request| get_product(&client, &table, request))).await
}

async fn get_product(
    client: &Client,
    table: &str,
    request: Request,
) -> Result<Response<Body>, Error> {
    let id = request.path_parameters().first("id").unwrap_or_default().to_owned();
    let found = client.get_item().table_name(table).key("id", AttributeValue::S(id)).send().await?;
    let answer = match found.item {
        Some(item) => Response::builder()
            .status(200)
            .header("content-type", "application/json")
            .body(Body::Text(serde_json::to_string(&to_json(item)?)?))?,
        None => Response::builder().status(404).body(Body::Empty)?,
    };
    Ok(answer)
}

fn to_json(item: HashMap<String, AttributeValue>) -> Result<serde_json::Value, Error> {
    item.into_iter()
        .map(|(name, value)| {
            let value = match value {
                AttributeValue::S(text) => text.into(),
                AttributeValue::N(number) => number.parse::<f64>()?.into(),
                _ => serde_json::Value::Null,
            };
            Ok((name, value))
        })
        .collect()
}
