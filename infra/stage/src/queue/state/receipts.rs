//! What is received, and what its receipts are good for.

use super::{MAX_IN_FLIGHT, QueueState, Visibility};
use crate::queue::error::QueueError;
use crate::queue::exchange::{MAX_VISIBILITY_S, ReceiveOptions, Received, Taken, bad_timeout};
use crate::queue::message::Receipt;

impl QueueState {
    /// Hands over what can be received now.
    ///
    /// With `divert`, messages that were received as often as the redrive policy allows come back
    /// as dead instead.
    ///
    /// **Errors**: a number of messages, timeout or attempt id that cannot be; too many messages in
    /// flight.
    pub fn receive(
        &mut self,
        now_ms: u64,
        options: &ReceiveOptions,
        divert: bool,
    ) -> Result<Taken, QueueError> {
        options.check(self.config.fifo.is_some())?;
        self.advance(now_ms);
        let timeout_s = options.visibility_timeout_s.unwrap_or(self.config.visibility_timeout_s);
        let until_ms = now_ms + u64::from(timeout_s) * 1_000;
        if let Some(again) = self.repeat(options.attempt_id.as_deref(), until_ms) {
            return Ok(Taken { received: again, dead: Vec::new() });
        }
        let mut taken = Taken::default();
        if self.n_in_flight >= MAX_IN_FLIGHT {
            // A FIFO queue says nothing; a standard one that is asked not to wait says that it is
            // full.
            let is_short = options.wait_s.unwrap_or(self.config.wait_s) == 0;
            let refuse = self.config.fifo.is_none() && is_short;
            return if refuse { Err(QueueError::OverLimit) } else { Ok(taken) };
        }
        let limit = self.config.redrive.as_ref().filter(|_| divert);
        let limit = limit.map_or(u32::MAX, |redrive| redrive.max_receive_count);
        let mut held = None;
        while taken.received.len() < options.max_messages {
            let Some(number) = self.order.next(&mut held) else { break };
            let Some(stored) = self.messages.get_mut(&number) else { continue };
            let is_dead = stored.n_received >= limit;
            stored.place = Visibility::InFlight { until_ms };
            self.hidden.insert((until_ms, number));
            self.n_in_flight += 1;
            if is_dead {
                taken.dead.extend(self.depart(number));
                continue;
            }
            stored.n_received += 1;
            stored.last_received_ms = now_ms;
            stored.first_received_ms.get_or_insert(now_ms);
            self.touch(number);
            taken.received.extend(self.received(number));
        }
        self.ledger.received += taken.received.len() as u64;
        if timeout_s == 0 {
            self.advance(now_ms);
        }
        if let Some(id) = &options.attempt_id {
            let handles = taken.received.iter().map(|received| received.receipt_handle.clone());
            self.attempts.note(id, now_ms, handles.collect());
        }
        Ok(taken)
    }

    /// What an attempt of this name got before, when none of it has changed hands since; hidden
    /// anew.
    fn repeat(&mut self, attempt_id: Option<&str>, until_ms: u64) -> Option<Vec<Received>> {
        let handles = self.attempts.get(attempt_id?)?.to_vec();
        let numbers: Option<Vec<u64>> =
            handles.iter().map(|handle| self.in_flight(handle).ok()).collect();
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        for number in &numbers {
            self.hide(*number, until_ms);
        }
        Some(numbers.into_iter().filter_map(|number| self.received(number)).collect())
    }

    fn received(&self, number: u64) -> Option<Received> {
        let stored = self.messages.get(&number)?;
        let receipt = Receipt { queue: self.number, message: number, count: stored.n_received };
        Some(Received {
            message: stored.message.clone(),
            receipt_handle: receipt.handle(),
            n_received: stored.n_received,
            first_received_ms: stored.first_received_ms.unwrap_or(stored.last_received_ms),
        })
    }

    /// Deletes the message of a receipt. A message that is gone counts as deleted. In a standard
    /// queue, the receipt of an earlier receive succeeds without effect, as on AWS; in a FIFO queue
    /// it is refused.
    ///
    /// **Errors**: a handle that this queue did not issue; in a FIFO queue one that has expired.
    pub fn delete(&mut self, now_ms: u64, handle: &str) -> Result<(), QueueError> {
        self.advance(now_ms);
        let receipt = self.parse(handle)?;
        let Some(stored) = self.messages.get(&receipt.message) else { return Ok(()) };
        let is_current = stored.n_received == receipt.count;
        let is_in_flight = matches!(stored.place, Visibility::InFlight { .. });
        if self.config.fifo.is_some() && !(is_current && is_in_flight) {
            return Err(invalid(handle, "The receipt handle has expired."));
        }
        if is_current {
            self.remove(receipt.message);
            self.ledger.deleted += 1;
        }
        Ok(())
    }

    /// Makes a message in flight visible after this many seconds, counted from now. In a standard queue any receipt of
    /// the message will do, and that of a message which is visible again succeeds without effect, as on AWS.
    ///
    /// **Errors**: a handle that this queue did not issue, a message that is gone, a time too long; in a FIFO queue a
    /// message that is not in flight by this receipt.
    pub fn change_visibility(
        &mut self,
        now_ms: u64,
        handle: &str,
        timeout_s: u32,
    ) -> Result<(), QueueError> {
        if timeout_s > MAX_VISIBILITY_S {
            return Err(bad_timeout(timeout_s));
        }
        self.advance(now_ms);
        let number = match self.config.fifo {
            Some(_) => self.in_flight(handle)?,
            None => self.present(handle)?,
        };
        let received_ms =
            self.messages.get(&number).map_or(now_ms, |stored| stored.last_received_ms);
        let until_ms = now_ms + u64::from(timeout_s) * 1_000;
        if until_ms - received_ms > u64::from(MAX_VISIBILITY_S) * 1_000 {
            return Err(QueueError::InvalidParameterValue(format!(
                "Value {timeout_s} for parameter VisibilityTimeout is invalid. Reason: Total \
                 VisibilityTimeout for the message is beyond the limit [{MAX_VISIBILITY_S} seconds]"
            )));
        }
        self.hide(number, until_ms);
        self.advance(now_ms);
        Ok(())
    }

    fn parse(&self, handle: &str) -> Result<Receipt, QueueError> {
        let receipt = Receipt::parse(handle)?;
        if receipt.queue != self.number {
            return Err(QueueError::ReceiptHandleIsInvalid(handle.to_owned()));
        }
        Ok(receipt)
    }

    /// The number of a message that is in flight by exactly this receipt.
    fn in_flight(&self, handle: &str) -> Result<u64, QueueError> {
        let receipt = self.parse(handle)?;
        match self.messages.get(&receipt.message) {
            Some(stored) if stored.n_received == receipt.count => match stored.place {
                Visibility::InFlight { .. } => Ok(receipt.message),
                _ => Err(QueueError::MessageNotInflight),
            },
            _ => Err(unavailable(handle)),
        }
    }

    /// The number of a message that is in the queue, by any of its receipts.
    fn present(&self, handle: &str) -> Result<u64, QueueError> {
        let receipt = self.parse(handle)?;
        let is_there = self.messages.contains_key(&receipt.message);
        is_there.then_some(receipt.message).ok_or_else(|| unavailable(handle))
    }
}

fn unavailable(handle: &str) -> QueueError {
    invalid(handle, "Message does not exist or is not available for visibility timeout change.")
}

fn invalid(handle: &str, reason: &str) -> QueueError {
    QueueError::InvalidParameterValue(format!(
        "Value {handle} for parameter ReceiptHandle is invalid. Reason: {reason}"
    ))
}
