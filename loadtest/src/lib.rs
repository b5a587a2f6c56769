//! The load test of the shop: customers who browse, fill baskets and check out, a ledger of what they were
//! promised, and a verdict.
//!
//! A run goes through these modules in this order: [`cli`] reads what is asked for, [`target`] makes a stage
//! ready (after [`freshness`] made sure that it is the one of the contracts), [`catalogue`] stocks the shop, [`attack`] sends goose users through the [`journeys`] at the times
//! that [`clock`] sets, [`expect`] holds every answer against the contract and [`record`] counts it,
//! [`ledger`] notes every promise, [`drain`] waits until each is kept, [`pipeline`] measures how long that
//! took, [`slo`] judges, [`verdict`] concludes, [`report`] says so, and [`cleanup`] removes what the run left on a stage that
//! is not its own. Of a deployed stack [`stack`] knows the parts, by way of [`aws`].
//!
//! [`ledger`], [`pipeline`], [`slo`] and [`verdict`] are pure: data in, data out.

pub mod attack;
pub mod aws;
pub mod catalogue;
pub mod cleanup;
pub mod cli;
pub mod clock;
pub mod cpu;
pub mod customer;
pub mod drain;
pub mod expect;
pub mod faults;
pub mod freshness;
pub mod interrupt;
pub mod journeys;
pub mod latency;
pub mod ledger;
pub mod operation;
pub mod pipeline;
pub mod progress;
pub mod record;
pub mod report;
pub mod run;
pub mod shop;
pub mod slo;
pub mod stack;
pub mod target;
pub mod terminal;
pub mod verdict;
pub mod watch;
