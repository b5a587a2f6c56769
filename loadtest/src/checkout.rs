//! A rule in Rust beside generated steps: the receipt's total is the exact sum of the basket. Conditions of Arazzo
//! compare, and do not add up.

use harness::{Cause, Value, Visit, Workflow};
use runtime::Decimal;
use workflows::checkout::{State, check_out, fill, order, placed, published};

/// The generated workflow, with the steps walked through here.
pub(crate) static CHECKOUT: Workflow =
    Workflow { run: |visit| Box::pin(run(visit)), ..workflows::CHECKOUT };

async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
    let state = &mut State::draw(visit);
    fill(visit, state).await?;
    check_out(visit, state).await?;
    if total(&state.fill_items) != decimal(&state.check_out_total) {
        return Err(Cause::Ends("a total that is not the basket's".to_owned()));
    }
    published(visit, state).await?;
    order(visit, state).await?;
    placed(visit, state).await
}

/// What the lines of a basket cost, exactly.
fn total(lines: &Value) -> Option<Decimal> {
    lines.as_array()?.iter().try_fold(Decimal::ZERO, |sum, line| {
        sum.checked_add(decimal(&line["price"])?.checked_mul(decimal(&line["quantity"])?)?)
    })
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_exact() {
        let lines = r#"[{"price": 0.1, "quantity": 3}, {"price": 950.4, "quantity": 2}]"#;
        let lines: Value = serde_json::from_str(lines).unwrap_or_default();
        assert_eq!(total(&lines).map(|total| total.to_string()).as_deref(), Some("1901.1"));
        assert_eq!(total(&Value::Null), None);
    }
}
