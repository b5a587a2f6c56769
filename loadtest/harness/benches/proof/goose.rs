//! Goose alone, as its documentation has it: users who send one request after the other, throttled to a rate.

use goose::config::GooseConfiguration;
use goose::prelude::*;

async fn post(user: &mut GooseUser) -> TransactionResult {
    let answer = user.post("/things/goose", "").await?;
    if let Ok(response) = answer.response {
        // As the harness does: an answer is read to its end.
        let _ = response.bytes().await;
    }
    Ok(())
}

/// Attacks for some seconds and prints what goose measured and the process used.
pub(crate) fn attack(url: &str, users: usize, rate: usize, seconds: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let metrics = runtime.block_on(async {
        let mut configuration = GooseConfiguration::default();
        configuration.host = Some(url.to_owned());
        configuration.users = Some(users);
        configuration.increase_rate = Some((users * 10).to_string());
        configuration.throttle_requests = Some(rate);
        configuration.run_time = Some(seconds.to_owned());
        configuration.quiet = 1;
        configuration.no_telnet = true;
        configuration.no_print_metrics = true;
        configuration.no_reset_metrics = true;
        let scenario =
            scenario!("post").register_transaction(Transaction::new(std::sync::Arc::new(|user| {
                Box::pin(post(user))
            })));
        GooseAttack::initialize_with_config(configuration)
            .unwrap()
            .register_scenario(scenario)
            .execute()
            .await
            .unwrap()
    });
    let one = metrics.requests.values().next().unwrap();
    // Its own buckets, in microseconds, from the fastest up.
    let mut buckets: Vec<(u64, usize)> =
        one.raw_data.times_us.iter().map(|(us, n)| (*us, *n)).collect();
    buckets.sort_unstable();
    let total: usize = buckets.iter().map(|(_, n)| n).sum();
    let quantile = |at: f64| {
        let wanted = (total as f64 * at).ceil() as usize;
        let mut below = 0;
        let found = buckets.iter().find(|(_, n)| {
            below += n;
            below >= wanted
        });
        found.map_or(0.0, |(us, _)| *us as f64 / 1e3)
    };
    println!(
        "{}",
        serde_json::json!({
            "requests": total,
            "cpu_ms": harness::cpu::of_this_process_ms(),
            "p50": quantile(0.5),
            "p90": quantile(0.9),
            "p99": quantile(0.99),
        })
    );
}
