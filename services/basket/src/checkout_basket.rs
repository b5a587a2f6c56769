//! `checkoutBasket`: turns one basket into one order, whatever fails on the way.
//!
//! The steps, and why a crash after each of them is safe:
//!
//! 1. **Look up the idempotency key.** If a checkout with this `Idempotency-Key` has finished, return its response.
//! 2. **Reserve.** A conditional write adds a mark with the ID and time of the checkout to the basket, if the basket has
//!    not changed since it was read. While the mark exists, the contract rejects changes to the basket (`409`). After a
//!    crash, the next request finds the mark and continues with the same ID, time and items.
//! 3. **Look up the key again** if the mark is new. A repeated request may have finished, and the basket may have been
//!    filled again, between the first lookup and the mark. In that case the mark is removed.
//! 4. **Publish.** After a crash it is unknown whether the event was accepted. The next request publishes it again with
//!    the same ID, and the consumer makes one order of both.
//! 5. **Finish.** One transaction removes the basket, if it still has this mark, and stores the response under the key. If
//!    the mark is gone, another request for the same checkout has finished first, which is a success too.
//!
//! So a success means that the event was accepted, and an ID belongs to one state of one basket: every success has an
//! order, and no basket has two.
//!
//! If publishing definitely fails, the mark is removed, so the basket is as before. This is correct only if no other
//! request may have published under the same mark. So a request that continues with an existing mark sets `retried` in
//! it before it publishes, and the request that created the mark then leaves it in place. If it is unknown whether the
//! event was accepted, the mark stays.
//!
//! Two concurrent requests for the same basket with different addresses share one mark and become one order, with the
//! address of the event that arrives first.

use basket_contract::{
    Basket, BasketFields, BasketKey, Checkout, CheckoutBasket, CheckoutBasketError as Error,
    CheckoutBasketInput, CheckoutBasketVersion, CheckoutReceipt, CheckoutRecord,
    CheckoutRecordCheckoutKey, CheckoutRecordExpiresAt, CheckoutRecordFingerprint,
    CheckoutRecordKey, IdempotencyKey, LineItem, PendingCheckout, PendingCheckoutFields, Total,
};
use runtime::{
    Condition, Context, Decimal, Failure, Problem, PublishError, Reason, Timestamp, Transacted,
    Transaction, Uuid, Written, to_json,
};

use crate::Service;

/// Attempts to reserve a basket that other requests change at the same time.
const MAX_TRIES: usize = 3;

/// How long the response of a finished checkout is kept, in seconds.
const REMEMBER_SECONDS: i64 = 24 * 60 * 60;

/// One request for a checkout.
struct Attempt<'a> {
    service: &'a Service,
    cx: &'a Context,
    checkout: Checkout,
    key: Option<Key>,
}

/// Identifies repeated requests.
struct Key {
    name: CheckoutRecordCheckoutKey,
    fingerprint: CheckoutRecordFingerprint,
}

/// A basket with the mark of this checkout.
struct Reserved {
    basket: Basket,
    mark: PendingCheckout,
    /// Whether this request created the mark.
    is_new: bool,
}

/// Checks a basket out.
pub(crate) async fn checkout_basket(
    service: &Service,
    cx: &Context,
    input: CheckoutBasketInput,
) -> Result<CheckoutReceipt, Error> {
    let key = input.idempotency_key.map(|key| Key::new(&key, &input.body)).transpose()?;
    let attempt = Attempt { service, cx, checkout: input.body, key };
    if let Some(receipt) = attempt.remembered().await? {
        return Ok(receipt);
    }
    let Some(reserved) = attempt.reserve().await? else {
        // A repeated request may have finished and removed the basket since the first lookup.
        let receipt = attempt.remembered().await?;
        return receipt
            .ok_or_else(|| Error::NotFound(Problem::not_found("the customer has no basket")));
    };
    if reserved.is_new
        && let Some(receipt) = attempt.remembered().await?
    {
        // If another request has continued with the mark, it keeps it.
        let _ = attempt.release(&reserved).await?;
        return Ok(receipt);
    }
    let receipt = reserved.receipt()?;
    let event = attempt.event(&reserved, &receipt)?;
    match service.publisher.checkout_basket(cx, &event).await {
        Ok(()) => attempt.finish(&reserved, &receipt).await?,
        Err(error) => return Err(attempt.not_published(&reserved, error).await),
    }
    Ok(receipt)
}

/// Holds if the basket has this mark.
fn marked_by(mark: &PendingCheckout) -> Condition<Basket> {
    BasketFields::CHECKOUT.with(PendingCheckoutFields::CHECKOUT_ID).equals(&mark.checkout_id)
}

impl Key {
    fn new(key: &IdempotencyKey, checkout: &Checkout) -> Result<Self, Error> {
        let name = CheckoutRecordCheckoutKey::new(format!("{}#{key}", checkout.user_name))?;
        // A name-based UUID serves as the digest of the whole request.
        let digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, to_json(checkout).as_bytes());
        Ok(Self { name, fingerprint: CheckoutRecordFingerprint::new(digest.to_string())? })
    }
}

impl Reserved {
    fn receipt(&self) -> Result<CheckoutReceipt, Error> {
        Ok(CheckoutReceipt {
            checkout_id: self.mark.checkout_id,
            checkout_time: self.mark.checkout_time,
            user_name: self.basket.user_name.clone(),
            total_price: total(&self.basket.items)?,
        })
    }

    fn key(&self) -> BasketKey {
        BasketKey { user_name: self.basket.user_name.clone() }
    }
}

impl Attempt<'_> {
    /// The stored response to an earlier request with the same key.
    async fn remembered(&self) -> Result<Option<CheckoutReceipt>, Error> {
        let Some(key) = &self.key else { return Ok(None) };
        let record_key = CheckoutRecordKey { checkout_key: key.name.clone() };
        let record = self.service.tables.checkout.get_consistent(&record_key).await?;
        // DynamoDB deletes expired items late.
        let now = Timestamp::now().unix_seconds();
        match record.filter(|record| record.expires_at.get() > now) {
            Some(record) if record.fingerprint != key.fingerprint => {
                let detail = "the key was used for another checkout";
                Err(Error::UnprocessableContent(Problem::unprocessable(detail)))
            }
            record => Ok(record.map(|record| record.receipt)),
        }
    }

    /// Adds a mark to the basket, or continues with its mark. `None` if there is no basket.
    async fn reserve(&self) -> Result<Option<Reserved>, Error> {
        let baskets = &self.service.tables.basket;
        let key = BasketKey { user_name: self.checkout.user_name.clone() };
        for _ in 0..MAX_TRIES {
            let Some(basket) = baskets.get_consistent(&key).await? else { return Ok(None) };
            if basket.items.is_empty() {
                let detail = "the basket is empty";
                return Err(Error::UnprocessableContent(Problem::unprocessable(detail)));
            }
            let (mark, condition) = match basket.checkout.clone() {
                Some(mark) if mark.retried => {
                    return Ok(Some(Reserved { basket, mark, is_new: false }));
                }
                Some(mark) => {
                    let same = marked_by(&mark);
                    (PendingCheckout { retried: true, ..mark }, same)
                }
                None => {
                    let same = BasketFields::ITEMS.equals(&basket.items);
                    (new_mark(), BasketFields::CHECKOUT.absent().and(same))
                }
            };
            let is_new = basket.checkout.is_none();
            let marked = Basket { checkout: Some(mark.clone()), ..basket };
            match baskets.put_if(&marked, condition).await? {
                Written::Done => return Ok(Some(Reserved { basket: marked, mark, is_new })),
                // The SDK repeated the call because the response was lost, and finds its own write.
                Written::Refused(Some(found)) if found == marked => {
                    return Ok(Some(Reserved { basket: marked, mark, is_new }));
                }
                Written::Refused(_) => {}
            }
        }
        Err(Error::Conflict(Problem::conflict(
            "the basket changed during the checkout; send the request again",
        )))
    }

    /// Removes the mark that this request created, unless another request has continued with it. Returns whether the
    /// basket is as before.
    async fn release(&self, reserved: &Reserved) -> Result<bool, Error> {
        let retried = BasketFields::CHECKOUT.with(PendingCheckoutFields::RETRIED);
        let condition = marked_by(&reserved.mark).and(retried.equals(&false));
        let unmarked = Basket { checkout: None, ..reserved.basket.clone() };
        match self.service.tables.basket.put_if(&unmarked, condition).await? {
            Written::Done => Ok(true),
            // Either the SDK repeated the call, or another request continues with the checkout.
            Written::Refused(found) => Ok(found.is_some_and(|found| found == unmarked)),
        }
    }

    fn event(
        &self,
        reserved: &Reserved,
        receipt: &CheckoutReceipt,
    ) -> Result<CheckoutBasket, Error> {
        let checkout = self.checkout.clone();
        Ok(CheckoutBasket {
            version: CheckoutBasketVersion::VALUE,
            checkout_id: receipt.checkout_id,
            checkout_time: receipt.checkout_time,
            user_name: checkout.user_name,
            total_price: receipt.total_price,
            first_name: checkout.first_name,
            last_name: checkout.last_name,
            email: checkout.email,
            address: checkout.address,
            payment_method: checkout.payment_method,
            card_info: checkout.card_info,
            items: reserved.basket.items.clone(),
            others: Default::default(),
        })
    }

    /// The error if the event was not accepted, or if that is unknown.
    async fn not_published(&self, reserved: &Reserved, error: PublishError) -> Error {
        self.cx.warn("checkout not published", &error);
        let mut detail =
            "the checkout may not have been published; send the same request again to finish it";
        if reserved.is_new && error.is_definite() {
            match self.release(reserved).await {
                Ok(true) => detail = "the checkout could not be published; the basket is unchanged",
                Ok(false) => {}
                Err(Error::Unexpected(failure)) => self.cx.warn("basket not released", &failure),
                Err(_) => {}
            }
        }
        Error::ServiceUnavailable(Problem::unavailable(detail))
    }

    /// Removes the basket and stores the response.
    async fn finish(&self, reserved: &Reserved, receipt: &CheckoutReceipt) -> Result<(), Error> {
        let tables = &self.service.tables;
        let condition = marked_by(&reserved.mark);
        let Some(key) = &self.key else {
            // If the condition fails, another request for the same checkout has finished first.
            return match tables.basket.delete_if(&reserved.key(), condition).await? {
                Written::Done | Written::Refused(_) => Ok(()),
            };
        };
        let record = CheckoutRecord {
            checkout_key: key.name.clone(),
            fingerprint: key.fingerprint.clone(),
            receipt: receipt.clone(),
            expires_at: CheckoutRecordExpiresAt::new(
                Timestamp::now().unix_seconds() + REMEMBER_SECONDS,
            )?,
            others: Default::default(),
        };
        let transaction = Transaction::new()
            .delete_if(&tables.basket, &reserved.key(), condition)
            .put(&tables.checkout, &record);
        match transaction.run().await? {
            Transacted::Done => Ok(()),
            Transacted::Cancelled(reasons) if reasons.first() == Some(&Reason::ConditionFailed) => {
                Ok(tables.checkout.put(&record).await?)
            }
            Transacted::Cancelled(reasons) => {
                Err(Failure::message(format!("the checkout was not finished: {reasons:?}")).into())
            }
        }
    }
}

fn new_mark() -> PendingCheckout {
    PendingCheckout { checkout_id: Uuid::now_v7(), checkout_time: Timestamp::now(), retried: false }
}

/// The total price of the items, exact to the cent.
fn total(items: &[LineItem]) -> Result<Total, Error> {
    let add = |sum: Decimal, item: &LineItem| {
        sum.checked_add(item.price.get().checked_mul(Decimal::from(item.quantity.get()))?)
    };
    let sum = items.iter().try_fold(Decimal::ZERO, add);
    Ok(Total::new(sum.ok_or_else(|| Failure::message("the total price is too large"))?)?)
}
