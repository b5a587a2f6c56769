// @generated from the contracts in spec/; edits are overwritten.

//! Client of the basket service.
//!
//! The types are those of the service's contract. The input of an operation has the name of the operation.
//!
//! - **Source** `spec/basket/openapi.yaml#/info`

use crate::{
    Call, Error, Http, HttpRequest, HttpResponse, Transport, TransportError, send,
};

pub use basket_contract::{
    Address, Basket, BasketPage, BasketPageNext, BasketRequest, CardInfo, Checkout,
    CheckoutBasketError, CheckoutBasketOutput, CheckoutBasketVersion, CheckoutReceipt,
    CheckoutRecord, CheckoutRecordCheckoutKey, CheckoutRecordExpiresAt,
    CheckoutRecordFingerprint, Color, DeleteBasketError, DeleteBasketOutput, Email,
    FirstName, GetBasketError, GetBasketOutput, IdempotencyKey, LastName, Limit,
    LineItem, ListBasketsError, ListBasketsOutput, Next, PaymentMethod, PendingCheckout,
    Price, ProductId, ProductName, PutBasketError, PutBasketOutput, Quantity, Total,
    UserName, ListBasketsInput as ListBaskets, PutBasketInput as PutBasket,
    GetBasketInput as GetBasket, DeleteBasketInput as DeleteBasket,
    CheckoutBasketInput as CheckoutBasket,
};

/// Calls the basket service over a transport.
#[derive(Debug, Clone)]
pub struct Client<T = Http> {
    transport: T,
}

impl Client {
    /// Creates a client over HTTP. `base_url` is the part of URLs before the paths in the contract.
    ///
    /// # Errors
    /// The URL is invalid, or `https` has no root certificates.
    pub fn new(base_url: &str) -> Result<Self, TransportError> {
        Ok(Self::over(Http::new(base_url)?))
    }
}

impl<T: Transport> Client<T> {
    /// Creates a client over a transport.
    pub const fn over(transport: T) -> Self {
        Self { transport }
    }

    /// List the baskets
    ///
    /// - **Route** `GET /basket`
    pub async fn list_baskets(
        &self,
        input: ListBaskets,
    ) -> Result<ListBasketsOutput, Error<ListBasketsError>> {
        send(&self.transport, &input).await
    }

    /// Fill a basket
    ///
    /// Stores the basket, in place of the one that the customer had.
    ///
    /// - **Route** `POST /basket`
    pub async fn put_basket(
        &self,
        input: PutBasket,
    ) -> Result<PutBasketOutput, Error<PutBasketError>> {
        send(&self.transport, &input).await
    }

    /// Read a basket
    ///
    /// - **Route** `GET /basket/{userName}`
    pub async fn get_basket(
        &self,
        input: GetBasket,
    ) -> Result<GetBasketOutput, Error<GetBasketError>> {
        send(&self.transport, &input).await
    }

    /// Remove a basket
    ///
    /// - **Route** `DELETE /basket/{userName}`
    pub async fn delete_basket(
        &self,
        input: DeleteBasket,
    ) -> Result<DeleteBasketOutput, Error<DeleteBasketError>> {
        send(&self.transport, &input).await
    }

    /// Check a basket out
    ///
    /// Totals the basket, publishes `CheckoutBasket` and removes the basket. A failed request can be
    /// repeated with the same `Idempotency-Key`; it leads to one order.
    ///
    /// - **Route** `POST /basket/checkout`
    pub async fn checkout_basket(
        &self,
        input: CheckoutBasket,
    ) -> Result<CheckoutBasketOutput, Error<CheckoutBasketError>> {
        send(&self.transport, &input).await
    }
}

impl Call for ListBaskets {
    type Output = ListBasketsOutput;
    type Error = ListBasketsError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/basket")
            .query("limit", Some(&self.limit))
            .query("next", self.next.as_ref())
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(ListBasketsError::BadRequest)),
            401 => Err(response.problem(ListBasketsError::Unauthorized)),
            403 => Err(response.problem(ListBasketsError::Forbidden)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for PutBasket {
    type Output = PutBasketOutput;
    type Error = PutBasketError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("POST", "/basket").json("application/json", Some(&self.body))
    }

    fn owner(&self) -> Option<String> {
        Some(runtime::to_text(&self.body.user_name))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(PutBasketError::BadRequest)),
            401 => Err(response.problem(PutBasketError::Unauthorized)),
            403 => Err(response.problem(PutBasketError::Forbidden)),
            409 => Err(response.problem(PutBasketError::Conflict)),
            413 => Err(response.problem(PutBasketError::ContentTooLarge)),
            415 => Err(response.problem(PutBasketError::UnsupportedMediaType)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for GetBasket {
    type Output = GetBasketOutput;
    type Error = GetBasketError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/basket/{userName}").path("userName", &self.user_name)
    }

    fn owner(&self) -> Option<String> {
        Some(runtime::to_text(&self.user_name))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(GetBasketError::BadRequest)),
            401 => Err(response.problem(GetBasketError::Unauthorized)),
            403 => Err(response.problem(GetBasketError::Forbidden)),
            404 => Err(response.problem(GetBasketError::NotFound)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for DeleteBasket {
    type Output = DeleteBasketOutput;
    type Error = DeleteBasketError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("DELETE", "/basket/{userName}")
            .path("userName", &self.user_name)
    }

    fn owner(&self) -> Option<String> {
        Some(runtime::to_text(&self.user_name))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            204 => response.read(|answer| answer.nothing()),
            400 => Err(response.problem(DeleteBasketError::BadRequest)),
            401 => Err(response.problem(DeleteBasketError::Unauthorized)),
            403 => Err(response.problem(DeleteBasketError::Forbidden)),
            409 => Err(response.problem(DeleteBasketError::Conflict)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for CheckoutBasket {
    type Output = CheckoutBasketOutput;
    type Error = CheckoutBasketError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("POST", "/basket/checkout")
            .header("Idempotency-Key", self.idempotency_key.as_ref())
            .json("application/json", Some(&self.body))
    }

    fn owner(&self) -> Option<String> {
        Some(runtime::to_text(&self.body.user_name))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            202 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(CheckoutBasketError::BadRequest)),
            401 => Err(response.problem(CheckoutBasketError::Unauthorized)),
            403 => Err(response.problem(CheckoutBasketError::Forbidden)),
            404 => Err(response.problem(CheckoutBasketError::NotFound)),
            409 => Err(response.problem(CheckoutBasketError::Conflict)),
            413 => Err(response.problem(CheckoutBasketError::ContentTooLarge)),
            415 => Err(response.problem(CheckoutBasketError::UnsupportedMediaType)),
            422 => Err(response.problem(CheckoutBasketError::UnprocessableContent)),
            500 => Err(response.failed()),
            503 => Err(response.problem(CheckoutBasketError::ServiceUnavailable)),
            _ => Err(response.undeclared()),
        }
    }
}
