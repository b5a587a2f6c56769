//! Ids of requests, messages and traces: unique within a stage and between stages, and cheap.
//!
//! They tell things apart and guard nothing, so a generator that the system seeds once a thread is enough: asking the
//! system for each costs a call into the kernel. Keys and tokens come from elsewhere.

use std::cell::RefCell;

use uuid::Uuid;

use crate::fault::Dice;

thread_local! {
    static DICE: RefCell<Dice> = RefCell::new(Dice::seeded(Uuid::new_v4().as_u64_pair().1));
}

fn random() -> u128 {
    DICE.with_borrow_mut(|dice| (u128::from(dice.roll()) << 64) | u128::from(dice.roll()))
}

/// A UUID of version 4.
pub(crate) fn uuid() -> Uuid {
    uuid::Builder::from_random_bytes(random().to_be_bytes()).into_uuid()
}

/// A trace header as X-Ray makes it, sampled.
pub(crate) fn trace_id() -> String {
    let seconds = jiff::Timestamp::now().as_second();
    let (unique, parent) = (random() >> 32, random() >> 64);
    format!("Root=1-{seconds:08x}-{unique:024x};Parent={parent:016x};Sampled=1")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_have_their_form_and_differ_also_between_threads() {
        let many = || (0..1_000).map(|_| uuid()).collect::<Vec<_>>();
        let other = std::thread::spawn(many).join().unwrap_or_default();
        let all: BTreeSet<Uuid> = many().into_iter().chain(other).collect();
        assert_eq!(all.len(), 2_000);
        assert!(all.iter().all(|id| id.get_version_num() == 4));
        let trace = trace_id();
        assert_eq!(
            trace.len(),
            "Root=1-00000000-".len() + 24 + ";Parent=".len() + 16 + ";Sampled=1".len()
        );
    }
}
