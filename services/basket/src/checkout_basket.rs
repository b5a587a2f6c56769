//! `checkoutBasket`: one order for one basket, whatever fails in between.
//!
//! The steps, and why a crash after each of them is safe:
//!
//! 1. **Look the key up.** A checkout that was finished under the same `Idempotency-Key` gets its answer again.
//! 2. **Reserve.** The basket gets a mark with the checkout's identity and time, in one conditional write that asks that
//!    the basket is what was read. From here on the contract keeps everybody from changing the basket (`409`). After a
//!    crash the mark is there, and the next request goes on with it: same identity, same time, same items.
//! 3. **Look the key up again**, when the mark is new. A request that was sent twice may have been finished, and the
//!    basket filled anew, between the first look and the mark. Such a mark is taken off again.
//! 4. **Publish.** After a crash here nobody knows whether the event is out; the next request publishes it again, with
//!    the same identity, and the consumer makes one order of both.
//! 5. **Finish.** The basket is removed if it still has this mark, and the answer is remembered under the key, together
//!    or not at all. That the mark is gone means that another request for the same checkout was faster: success too.
//!
//! So success implies that the event was accepted, and an identity belongs to one state of one basket: an order for
//! each success, and never two for one basket.
//!
//! When publishing fails *for certain* the mark is taken off, so that the basket is as it was. That is right only while
//! no other request may have published under the same mark, so a request that takes a mark up says so in it
//! (`retried`) before it publishes, and whoever made the mark leaves it alone then. When nobody can tell whether the
//! event was accepted, the mark stays.
//!
//! Two requests that check the same basket out at the same time with different addresses share one mark and become one
//! order, with the particulars of whichever event arrives first.

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

/// How often a basket that changes under our hands is read again.
const MAX_TRIES: usize = 3;

/// How long a finished checkout is remembered, in seconds.
const REMEMBER_SECONDS: i64 = 24 * 60 * 60;

/// One request for a checkout.
struct Attempt<'a> {
    service: &'a Service,
    cx: &'a Context,
    checkout: Checkout,
    key: Option<Key>,
}

/// What a repetition of the request is recognised by.
struct Key {
    name: CheckoutRecordCheckoutKey,
    fingerprint: CheckoutRecordFingerprint,
}

/// A basket that is ours to check out.
struct Reserved {
    basket: Basket,
    mark: PendingCheckout,
    /// Whether this request made the mark.
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
        // A repetition may have finished, and removed the basket, since the look above.
        let receipt = attempt.remembered().await?;
        return receipt
            .ok_or_else(|| Error::NotFound(Problem::not_found("the customer has no basket")));
    };
    if reserved.is_new
        && let Some(receipt) = attempt.remembered().await?
    {
        // Whoever has taken the mark up meanwhile goes on with it.
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

/// The basket is marked by this checkout.
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
    /// The answer to the same request before, if it was finished and is not forgotten.
    async fn remembered(&self) -> Result<Option<CheckoutReceipt>, Error> {
        let Some(key) = &self.key else { return Ok(None) };
        let record_key = CheckoutRecordKey { checkout_key: key.name.clone() };
        let record = self.service.tables.checkout.get_consistent(&record_key).await?;
        // The table removes what is expired some time later than at once.
        let now = Timestamp::now().unix_seconds();
        match record.filter(|record| record.expires_at.get() > now) {
            Some(record) if record.fingerprint != key.fingerprint => {
                let detail = "the key was used for another checkout";
                Err(Error::UnprocessableContent(Problem::unprocessable(detail)))
            }
            record => Ok(record.map(|record| record.receipt)),
        }
    }

    /// Marks the basket, or takes up the mark that it has. `None` when there is no basket.
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
                // The call was repeated because its answer was lost, and finds what it wrote.
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

    /// Takes a mark off that this request made, unless another request has taken it up. Whether the basket is as it
    /// was.
    async fn release(&self, reserved: &Reserved) -> Result<bool, Error> {
        let retried = BasketFields::CHECKOUT.with(PendingCheckoutFields::RETRIED);
        let condition = marked_by(&reserved.mark).and(retried.equals(&false));
        let unmarked = Basket { checkout: None, ..reserved.basket.clone() };
        match self.service.tables.basket.put_if(&unmarked, condition).await? {
            Written::Done => Ok(true),
            // The call was repeated because its answer was lost, or else another request goes on with the checkout.
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
            version: CheckoutBasketVersion::new(1)?,
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

    /// The answer when the event was not accepted, or nobody can tell.
    async fn not_published(&self, reserved: &Reserved, error: PublishError) -> Error {
        self.cx.warn("checkout not published", &error);
        let mut detail =
            "the checkout may not have been published; send the same request again to finish it";
        if reserved.is_new && error.is_definite() {
            match self.release(reserved).await {
                Ok(true) => detail = "the checkout could not be published; the basket is as it was",
                Ok(false) => {}
                Err(Error::Unexpected(failure)) => self.cx.warn("basket not released", &failure),
                Err(_) => {}
            }
        }
        Error::ServiceUnavailable(Problem::unavailable(detail))
    }

    /// Removes the basket and remembers the answer.
    async fn finish(&self, reserved: &Reserved, receipt: &CheckoutReceipt) -> Result<(), Error> {
        let tables = &self.service.tables;
        let condition = marked_by(&reserved.mark);
        let Some(key) = &self.key else {
            // A refusal says that another request for the same checkout was faster.
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

/// What the items cost together, exact to the cent.
fn total(items: &[LineItem]) -> Result<Total, Error> {
    let add = |sum: Decimal, item: &LineItem| {
        sum.checked_add(item.price.get().checked_mul(Decimal::from(item.quantity.get()))?)
    };
    let sum = items.iter().try_fold(Decimal::ZERO, add);
    Ok(Total::new(sum.ok_or_else(|| Failure::message("the total is beyond all numbers"))?)?)
}
