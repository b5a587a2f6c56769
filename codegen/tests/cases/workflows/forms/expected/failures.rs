// @generated from the contracts in spec/; edits are overwritten.

//! `failures`: The workflow `failures`.
//!
//! - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11`

use std::cmp::Ordering;
use std::time::Duration;

use client::product;
use harness::{
    Again, Answer, Cause, Failed, Input, Outputs, Tries, Value, Visit, Workflow, expect,
};
use harness::criteria::{
    Pattern, Query, at, check, compared, equal, named, number, text, typed,
};
use serde_json::json;

use crate::request;
use crate::system::{
    CREATE_PRODUCT, GET_PRODUCT, LIST_PRODUCTS_OPERATION_OPERATION, LIST_SALES,
    ORDER_PLACED_CHANNEL,
};

/// The workflow `failures`.
pub static FAILURES: Workflow = Workflow {
    id: "failures",
    summary: "The workflow `failures`.",
    weight: 1.0,
    operations: &[
        &CREATE_PRODUCT,
        &LIST_PRODUCTS_OPERATION_OPERATION,
        &GET_PRODUCT,
        &LIST_SALES,
    ],
    inputs: &[
        Input::schema("id", r#"{"format":"uuid","type":"string"}"#),
        Input::schema("n", r#"{"type":"integer"}"#),
    ],
    run: |visit| Box::pin(run(visit)),
    ..Workflow::NEW
};

/// The state of one run of `failures`.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `id`, an input.
    pub input_id: Value,
    /// `n`, an input.
    pub input_n: Value,
    /// `name` of the step `client`.
    pub client_name: Value,
    /// `total` of the step `told`.
    pub told_total: Value,
    /// `sent` of the step `End`.
    pub end_2_sent: Value,
    /// `to` of the step `End`.
    pub end_2_to: Value,
    /// `how` of the step `End`.
    pub end_2_how: Value,
    /// `name` of the step `client_of`.
    pub client_of_name: Value,
}

impl State {
    /// With the inputs of a visit.
    #[must_use]
    pub fn draw(visit: &mut Visit<'_>) -> Self {
        Self {
            input_id: visit.input("id"),
            input_n: visit.input("n"),
            ..Self::default()
        }
    }
}

/// Runs the steps with its own inputs.
pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    let mut next = Next::default();
    loop {
        next = match next {
            Next::Client => client(visit, state).await?,
            Next::Wrong => wrong(visit, state).await?,
            Next::Quiet => quiet(visit, state).await?,
            Next::Told => told(visit, state).await?,
            Next::Heard => heard(visit, state).await?,
            Next::Tell => tell(visit, state).await?,
            Next::End2 => end_2(visit, state).await?,
            Next::ClientOf => client_of(visit, state).await?,
            Next::End => break,
        };
    }
    visit.output("sent", state.end_2_sent.clone());
    visit.output("name", state.client_name.clone());
    visit.output("of", state.client_of_name.clone());
    Ok(())
}

/// What comes next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Next {
    /// The step `client`.
    #[default]
    Client,
    /// The step `wrong`.
    Wrong,
    /// The step `quiet`.
    Quiet,
    /// The step `told`.
    Told,
    /// The step `heard`.
    Heard,
    /// The step `tell`.
    Tell,
    /// The step `End`.
    End2,
    /// The step `client_of`.
    ClientOf,
    /// Nothing.
    End,
}

/// The step `client`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/0`
pub async fn client(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let outputs = {
        let mut tries = Tries::default();
        loop {
            let attempt = Box::pin(
                    visit
                        .at_most(Duration::from_millis(2000))
                        .run(&crate::CLIENT, vec![("id", state.input_id.clone())]),
                )
                .await;
            match attempt {
                Ok(done) => break done,
                Err(cause) => {
                    let failed: Failed<()> = cause.into();
                    let again = [
                        (visit.last_status() == 503)
                            .then_some(Again {
                                action: 0,
                                after: Duration::from_millis(100),
                                limit: 3,
                            }),
                        (visit.last_status() == 0)
                            .then_some(Again {
                                action: 1,
                                after: Duration::from_millis(0),
                                limit: 1,
                            }),
                    ]
                        .into_iter()
                        .flatten();
                    match visit.again(&mut tries, again).await {
                        Some(1) => {
                            Box::pin(visit.run(&crate::HARNESS, vec![])).await?;
                        }
                        Some(_) => {}
                        None => {
                            if visit.last_status() != 404 {
                                visit
                                    .goto(&crate::CLIENT, vec![("id", state.input_id.clone())]);
                                return Ok(Next::End);
                            }
                            if compared(&state.input_n, &number("3"))
                                .is_some_and(Ordering::is_gt)
                            {
                                return Ok(Next::End2);
                            }
                            return Err(failed.into());
                        }
                    }
                }
            }
        }
    };
    state.client_name = named(&outputs, "name").clone();
    Ok(Next::Wrong)
}

/// The step `wrong`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/1`
pub async fn wrong(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let mut outputs = Outputs::new();
    {
        let mut tries = Tries::default();
        loop {
            let attempt = async {
                outputs.clear();
                outputs = Box::pin(
                        visit.run(&crate::CLIENT, vec![("id", state.input_id.clone())]),
                    )
                    .await?;
                let criteria = || -> Result<(), String> {
                    check(
                        equal(named(&outputs, "name"), &json!("x")),
                        "$outputs.name == 'x'",
                    )
                };
                criteria().map_err(Cause::Ends)?;
                Ok::<_, Cause>(())
            }
                .await;
            match attempt {
                Ok(done) => break done,
                Err(cause) => {
                    let failed: Failed<()> = cause.into();
                    let again = equal(
                            at(named(&outputs, "product"), "/name"),
                            &json!("y"),
                        )
                        .then_some(Again {
                            action: 0,
                            after: Duration::from_millis(0),
                            limit: 2,
                        });
                    match visit.again(&mut tries, again).await {
                        Some(_) => {}
                        None => {
                            let holds = {
                                static PATTERN: Pattern = Pattern::new("^z");
                                PATTERN.matches(named(&outputs, "name"))
                            };
                            if holds {
                                return Ok(Next::End);
                            }
                            if compared(&state.input_n, &number("3"))
                                .is_some_and(Ordering::is_gt)
                            {
                                return Ok(Next::End2);
                            }
                            return Err(failed.into());
                        }
                    }
                }
            }
        }
    };
    Ok(Next::Quiet)
}

/// The step `quiet`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/2`
pub async fn quiet(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    match async {
        let outputs = Box::pin(
                visit.run(&crate::CLIENT, vec![("id", state.input_id.clone())]),
            )
            .await?;
        let criteria = || -> Result<(), String> {
            check(visit.last_status() == 200, "$statusCode == 200")
        };
        criteria().map_err(Cause::Ends)?;
        Ok::<_, Cause>(outputs)
    }
        .await
    {
        Ok(done) => done,
        Err(cause) => {
            let failed: Failed<()> = cause.into();
            if compared(&state.input_n, &number("3")).is_some_and(Ordering::is_gt) {
                return Ok(Next::End2);
            }
            return Err(failed.into());
        }
    };
    Ok(Next::Told)
}

/// The step `told`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/3`
pub async fn told(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let mut payload = Value::Null;
    let received = {
        let mut tries = Tries::default();
        loop {
            let attempt = async {
                payload = Value::Null;
                let Some(message) = visit
                    .receive(
                        &ORDER_PLACED_CHANNEL,
                        &text(&state.input_id),
                        Duration::from_millis(5000),
                    )
                    .await? else { return Ok(None) };
                payload = message.payload().clone();
                let criteria = || -> Result<(), String> {
                    check(
                        equal(at(&payload, "/totalPrice"), &number("5")),
                        "$message.payload#/totalPrice == 5",
                    )
                };
                criteria().map_err(Cause::Ends)?;
                Ok::<_, Cause>(Some(message))
            }
                .await;
            match attempt {
                Ok(done) => break done,
                Err(cause) => {
                    let failed: Failed<()> = cause.into();
                    let again = equal(at(&payload, "/totalPrice"), &number("4"))
                        .then_some(Again {
                            action: 0,
                            after: Duration::from_millis(1000),
                            limit: 1,
                        });
                    match visit.again(&mut tries, again).await {
                        Some(_) => {}
                        None => {
                            if compared(at(&payload, "/totalPrice"), &number("6"))
                                .is_some_and(Ordering::is_gt)
                            {
                                return Ok(Next::End);
                            }
                            if compared(&state.input_n, &number("3"))
                                .is_some_and(Ordering::is_gt)
                            {
                                return Ok(Next::End2);
                            }
                            return Err(failed.into());
                        }
                    }
                }
            }
        }
    };
    if received.is_none() {
        return Ok(Next::Heard);
    }
    state.told_total = at(&payload, "/totalPrice").clone();
    Ok(Next::Heard)
}

/// The step `heard`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/4`
pub async fn heard(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    {
        let mut tries = Tries::default();
        loop {
            let attempt = async {
                let Some(message) = visit
                    .receive(
                        &ORDER_PLACED_CHANNEL,
                        &text(&state.input_id),
                        Duration::from_millis(30000),
                    )
                    .await? else { return Ok(None) };
                let payload = message.payload().clone();
                let criteria = || -> Result<(), String> {
                    check(
                        equal(at(&payload, "/version"), &number("1")),
                        "$message.payload#/version == 1",
                    )
                };
                criteria().map_err(Cause::Ends)?;
                Ok::<_, Cause>(Some(message))
            }
                .await;
            match attempt {
                Ok(done) => break done,
                Err(cause) => {
                    let failed: Failed<()> = cause.into();
                    let again = Some(Again {
                        action: 0,
                        after: Duration::from_millis(1000),
                        limit: 3,
                    });
                    match visit.again(&mut tries, again).await {
                        Some(_) => {}
                        None => {
                            if compared(&state.input_n, &number("3"))
                                .is_some_and(Ordering::is_gt)
                            {
                                return Ok(Next::End2);
                            }
                            return Err(failed.into());
                        }
                    }
                }
            }
        }
    };
    Ok(Next::Tell)
}

/// The step `tell`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/5`
pub async fn tell(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let payload = json!({
        "version": 1,
        "checkoutId": state.input_id,
        "orderDate": "2026-11-01T12:00:00Z",
        "totalPrice": 5,
        "items": [{ "productId": state.input_id, "productName": "a", "price": 5, "quantity": 1 }],
    });
    {
        let mut tries = Tries::default();
        loop {
            let attempt = async {
                visit
                    .at_most(Duration::from_millis(1000))
                    .publish(&ORDER_PLACED_CHANNEL, &payload)
                    .await?;
                let criteria = || -> Result<(), String> {
                    check(
                        equal(at(&payload, "/totalPrice"), &number("5")),
                        "$message.payload#/totalPrice == 5",
                    )
                };
                criteria().map_err(Cause::Ends)?;
                Ok::<_, Cause>(())
            }
                .await;
            match attempt {
                Ok(done) => break done,
                Err(cause) => {
                    let failed: Failed<()> = cause.into();
                    let again = Some(Again {
                        action: 0,
                        after: Duration::from_millis(100),
                        limit: 1,
                    });
                    match visit.again(&mut tries, again).await {
                        Some(_) => {}
                        None => {
                            if compared(&state.input_n, &number("3"))
                                .is_some_and(Ordering::is_gt)
                            {
                                return Ok(Next::End2);
                            }
                            return Err(failed.into());
                        }
                    }
                }
            }
        }
    };
    Ok(Next::End2)
}

/// The step `End`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/6`
pub async fn end_2(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let mut tries = Tries::default();
    let (answer, body, url) = loop {
        let body = json!({
            "name": "a",
            "description": format!("From {}", text(&state.input_id)),
            "imageFile": "c.png",
            "category": "Phone",
            "price": ({ static QUERY : Query = Query :: new ("$[?@ > 3]") ; QUERY . first (& state . client_name) }),
        });
        let call = product::CreateProduct::new(typed(&body, "failures.End: the body")?);
        let url = visit.url(&request(&call));
        let expected = |answer: &Answer<_>| {
            check(answer.status() == 201, "$statusCode == 201")?;
            check(
                equal(at(&body, "/name"), answer.at("/name")),
                "$request.body#/name == $response.body#/name",
            )
        };
        let again = |_: &Failed<_>| {
            (!equal(at(&body, "/name"), &Value::from(url.as_str())))
                .then_some(Again {
                    action: 0,
                    after: Duration::from_millis(0),
                    limit: 2,
                })
        };
        let attempt = visit
            .attempt(&CREATE_PRODUCT, &request(&call), &mut tries, again, expected)
            .await;
        match attempt {
            Ok(answer) => break (answer, body, url),
            Err(failed) => {
                match tries.action() {
                    Some(0) => {
                        Box::pin(quiet(visit, state)).await?;
                    }
                    Some(_) => {}
                    None => {
                        return Err(failed.into());
                    }
                }
            }
        }
    };
    visit.made("product", &answer.text("/id"));
    state.end_2_sent = body.clone();
    state.end_2_to = Value::from(url.as_str());
    state.end_2_how = Value::from("POST");
    Ok(Next::ClientOf)
}

/// The step `client_of`.
///
/// - **Source** `spec/workflows/forms.arazzo.yaml#/workflows/11/steps/7`
pub async fn client_of(visit: &mut Visit<'_>, state: &mut State) -> Result<Next, Cause> {
    let call = product::ListProducts::default();
    let answer = match visit
        .send(&LIST_PRODUCTS_OPERATION_OPERATION, &request(&call), expect::success)
        .await
    {
        Ok(answer) => answer,
        Err(failed) => {
            if compared(&state.input_n, &number("3")).is_some_and(Ordering::is_gt) {
                return Ok(Next::End2);
            }
            return Err(failed.into());
        }
    };
    state.client_of_name = answer.json().clone();
    Ok(Next::End)
}
