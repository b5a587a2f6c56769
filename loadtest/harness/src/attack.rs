//! The load: goose users that run workflows until all scheduled arrivals are served.
//!
//! Goose provides users, client calls and its own metrics. The schedule comes from `clock`, and additional users from
//! `crew`. Goose's reports, telnet controller and dashboard are off.

use std::sync::Arc;
use std::time::Duration;

use goose::GooseAttack;
use goose::client::GooseClientBuilder;
use goose::config::GooseConfiguration;
use goose::goose::{GooseUser, Scenario, Transaction, TransactionResult};
use goose::metrics::GooseMetrics;

use crate::BoxFuture;
use crate::crew;
use crate::interrupt::Interrupt;
use crate::shared::Shared;
use crate::system::Workflow;

/// How long goose may run beyond the load before it stops its users on its own. This is never reached: goose is told
/// the end of the load, and users finish their current run.
const BACKSTOP: Duration = Duration::from_secs(3600);

/// A run that ends within this time after the last scheduled arrival still counts as on time.
pub(crate) const GRACE: Duration = Duration::from_millis(500);

/// How often those who are under way are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What is loaded, by whom, and for how long.
pub(crate) struct Attack<'a> {
    /// What all users share.
    pub shared: &'a Arc<Shared>,
    /// The users that begin.
    pub users: &'a [(&'static Workflow, usize)],
    /// How long customers keep coming.
    pub run_time: Duration,
    /// How long those who were due are served after that.
    pub patience: Duration,
    /// Ends the load early.
    pub interrupt: &'a Interrupt,
}

impl Attack<'_> {
    /// Runs the load until the run time ended and everyone scheduled before was served, or until it is interrupted.
    ///
    /// # Errors
    /// Goose refuses its configuration or cannot start its users.
    pub(crate) async fn run(&self) -> Result<GooseMetrics, goose::GooseError> {
        let mut attack = GooseAttack::initialize_with_config(self.configuration())?
            // Otherwise goose makes a client per user, which takes seconds; `arrive` gives them ours.
            .set_client_builder_without_cookies(GooseClientBuilder::new().without_cookies())?;
        for (workflow, n_users) in self.users {
            let scenario = Scenario::new(workflow.id)
                .set_weight(*n_users)?
                .register_transaction(
                    Transaction::new(arrive(self.shared, workflow))
                        .set_name("arrive")
                        .set_on_start(),
                )
                .register_transaction(
                    Transaction::new(turn(self.shared, workflow)).set_name(workflow.id),
                );
            attack = attack.register_scenario(scenario);
        }
        let mut attack = std::pin::pin!(attack.execute());
        tokio::select! {
            metrics = &mut attack => return metrics,
            () = self.end_of_load() => {}
        }
        loop {
            // Goose forgets what it was told before it had begun, so it is told until it listens.
            goose::trigger_killswitch("the run time ended");
            tokio::select! {
                metrics = &mut attack => return metrics,
                () = tokio::time::sleep(Duration::from_millis(200)) => {}
            }
        }
    }

    /// Returns when the load's time is over and nobody is under way any more. Sends everybody home when somebody
    /// interrupts, and those who wait for a slot when the system is too far behind.
    async fn end_of_load(&self) {
        let shared = self.shared;
        let time_is_over = async {
            if let Some(start) = shared.line.start().await {
                shared.recorder.start(start);
                tokio::time::sleep_until(start + self.run_time + GRACE).await;
                shared.recorder.mark();
                // Goose's channels close with the load, and visits under way need them.
                while !self.is_served() {
                    tokio::time::sleep(LOOK_EVERY).await;
                    if start.elapsed() > self.run_time + self.patience {
                        shared.line.give_up();
                    }
                }
            }
        };
        tokio::select! {
            () = time_is_over => return,
            () = self.interrupt.wait(1) => shared.line.stop(),
        }
        shared.recorder.mark();
        let everybody_is_served = async {
            while shared.line.started_at().is_some() && !self.is_served() {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::select! {
            () = everybody_is_served => {}
            () = self.interrupt.wait(2) => {
                shared.line.give_up();
                shared.line.break_off();
            }
        }
    }

    fn is_served(&self) -> bool {
        self.shared.clocks.iter().all(|(_, clock)| clock.is_served())
    }

    fn configuration(&self) -> GooseConfiguration {
        let n_users: usize = self.users.iter().map(|(_, n_users)| n_users).sum();
        // Its private fields keep it from being written down in one go.
        let mut configuration = GooseConfiguration::default();
        configuration.host = Some(self.shared.base.url().to_owned());
        configuration.users = Some(n_users);
        // All users start at once; the start line holds them until the last is there.
        configuration.increase_rate = Some((n_users * 10).to_string());
        configuration.run_time = Some((self.run_time + BACKSTOP).as_secs().to_string());
        configuration.quiet = 1;
        configuration.no_telnet = true;
        configuration.no_print_metrics = true;
        configuration.no_gzip = true;
        configuration
    }
}

/// Brings a user to the start line, with the client that all users share.
fn arrive(shared: &Arc<Shared>, workflow: &'static Workflow) -> goose::goose::TransactionFunction {
    let shared = Arc::clone(shared);
    Arc::new(move |user: &mut GooseUser| -> BoxFuture<'_, TransactionResult> {
        user.client = shared.base.client().clone();
        shared.crew.take_for_model(workflow.id, user);
        shared.line.arrive();
        Box::pin(std::future::ready(Ok(())))
    })
}

/// Sends one customer after the other through a workflow.
fn turn(shared: &Arc<Shared>, workflow: &'static Workflow) -> goose::goose::TransactionFunction {
    let shared = Arc::clone(shared);
    Arc::new(move |user: &mut GooseUser| -> BoxFuture<'_, TransactionResult> {
        Box::pin(crew::turn(Arc::clone(&shared), workflow, user))
    })
}
