// @generated from the contracts in spec/; edits are overwritten.

//! Client of the ordering service.
//!
//! The types are those of the service's contract. The input of an operation has the name of the operation.
//!
//! - **Source** `spec/ordering/openapi.yaml#/info`

use crate::{
    Call, Error, Http, HttpRequest, HttpResponse, Transport, TransportError, send,
};

pub use ordering_contract::{
    Address, CardInfo, CheckoutBasket, CheckoutBasketVersion, Color, Email, FirstName,
    GetOrdersError, GetOrdersOutput, LastName, Limit, LineItem, ListOrdersError,
    ListOrdersOutput, Next, Order, OrderDate, OrderPage, OrderPageNext, OrderPlaced,
    OrderPlacedVersion, PaymentMethod, Price, ProductId, ProductName, Quantity, Total,
    UserName, ListOrdersInput as ListOrders, GetOrdersInput as GetOrders,
};

/// Calls the ordering service over a transport.
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

    /// List the orders
    ///
    /// - **Route** `GET /order`
    pub async fn list_orders(
        &self,
        input: ListOrders,
    ) -> Result<ListOrdersOutput, Error<ListOrdersError>> {
        send(&self.transport, &input).await
    }

    /// Read a customer's orders
    ///
    /// All orders of the customer by time, or the one of the given time.
    ///
    /// - **Route** `GET /order/{userName}`
    pub async fn get_orders(
        &self,
        input: GetOrders,
    ) -> Result<GetOrdersOutput, Error<GetOrdersError>> {
        send(&self.transport, &input).await
    }
}

impl Call for ListOrders {
    type Output = ListOrdersOutput;
    type Error = ListOrdersError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/order")
            .query("limit", Some(&self.limit))
            .query("next", self.next.as_ref())
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(ListOrdersError::BadRequest)),
            401 => Err(response.problem(ListOrdersError::Unauthorized)),
            403 => Err(response.problem(ListOrdersError::Forbidden)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for GetOrders {
    type Output = GetOrdersOutput;
    type Error = GetOrdersError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/order/{userName}")
            .path("userName", &self.user_name)
            .query("orderDate", self.order_date.as_ref())
            .query("limit", Some(&self.limit))
            .query("next", self.next.as_ref())
    }

    fn owner(&self) -> Option<String> {
        Some(runtime::to_text(&self.user_name))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(GetOrdersError::BadRequest)),
            401 => Err(response.problem(GetOrdersError::Unauthorized)),
            403 => Err(response.problem(GetOrdersError::Forbidden)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}
