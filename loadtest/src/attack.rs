//! The load itself: goose users who play customers until their slots are used up.
//!
//! Goose provides the users, the client calls and its own metrics; when a customer is due is `clock`'s say.
//! Its reports, its telnet and its dashboard stay off.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use goose::GooseAttack;
use goose::client::GooseClientBuilder;
use goose::config::GooseConfiguration;
use goose::goose::{GooseUser, Scenario, Transaction, TransactionResult};
use goose::metrics::GooseMetrics;

use crate::interrupt::Interrupt;
use crate::journeys::{self, Journey, Shared};

/// How long goose may run beyond the load before it ends its users on its own. It is never reached: the end
/// of the load is told to goose, and users finish the customer at hand.
const BACKSTOP: Duration = Duration::from_secs(3600);

/// How often those who are late are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(100);

type Turn<'a> = Pin<Box<dyn Future<Output = TransactionResult> + Send + 'a>>;

/// Runs the load until its time is over, or the run is interrupted. Customers who fell due are served even after that
/// where `everybody` is to come: what is counted then is promises, and not time.
///
/// # Errors
/// When goose refuses its configuration or cannot start its users.
pub async fn run(
    shared: &Arc<Shared>,
    users: &BTreeMap<Journey, usize>,
    run_time: Duration,
    everybody: bool,
    interrupt: &Interrupt,
) -> Result<GooseMetrics, goose::GooseError> {
    let mut attack = GooseAttack::initialize_with_config(configuration(shared, users, run_time))?
        // Otherwise goose makes a client per user, which takes seconds; `arrive` gives them ours.
        .set_client_builder_without_cookies(GooseClientBuilder::new().without_cookies())?;
    for (journey, n_users) in users {
        let scenario = Scenario::new(journey.name())
            .set_weight(*n_users)?
            .register_transaction(
                Transaction::new(arrive(shared)).set_name("arrive").set_on_start(),
            )
            .register_transaction(
                Transaction::new(turn(shared, *journey)).set_name(journey.name()),
            );
        attack = attack.register_scenario(scenario);
    }
    let mut attack = std::pin::pin!(attack.execute());
    tokio::select! {
        metrics = &mut attack => return metrics,
        () = end_of_load(shared, run_time, everybody, interrupt) => {}
    }
    loop {
        // Goose forgets what it was told before it had begun, so it is told until it listens.
        goose::trigger_killswitch("the load is over");
        tokio::select! {
            metrics = &mut attack => return metrics,
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
    }
}

/// Returns when the load's time is over, or sends everybody home when somebody interrupts.
async fn end_of_load(shared: &Shared, run_time: Duration, everybody: bool, interrupt: &Interrupt) {
    let time_is_over = async {
        if let Some(start) = shared.line.start().await {
            shared.recorder.start(start);
            tokio::time::sleep_until(start + run_time).await;
            while everybody && shared.clocks.iter().any(|(_, clock)| !clock.is_used_up()) {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
    };
    tokio::select! {
        () = time_is_over => {}
        () = interrupt.wait(1) => shared.line.stop(),
    }
}

/// Brings a user to the start line, with the client that all users share.
fn arrive(shared: &Arc<Shared>) -> goose::goose::TransactionFunction {
    let shared = Arc::clone(shared);
    Arc::new(move |user: &mut GooseUser| -> Turn<'_> {
        user.client = shared.base.client().clone();
        shared.line.arrive();
        Box::pin(std::future::ready(Ok(())))
    })
}

/// Sends one customer after the other through a journey.
fn turn(shared: &Arc<Shared>, journey: Journey) -> goose::goose::TransactionFunction {
    let shared = Arc::clone(shared);
    Arc::new(move |user: &mut GooseUser| -> Turn<'_> {
        Box::pin(journeys::turn(Arc::clone(&shared), journey, user))
    })
}

fn configuration(
    shared: &Shared,
    users: &BTreeMap<Journey, usize>,
    run_time: Duration,
) -> GooseConfiguration {
    let n_users: usize = users.values().sum();
    // Its private fields keep it from being written down in one go.
    let mut configuration = GooseConfiguration::default();
    configuration.host = Some(shared.base.url().to_owned());
    configuration.users = Some(n_users);
    // All users start at once; the start line holds them until the last is there.
    configuration.increase_rate = Some((n_users * 10).to_string());
    configuration.run_time = Some((run_time + BACKSTOP).as_secs().to_string());
    configuration.quiet = 1;
    configuration.no_telnet = true;
    configuration.no_print_metrics = true;
    configuration.no_gzip = true;
    configuration
}
