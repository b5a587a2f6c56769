// @generated from the contracts in spec/; edits are overwritten.

//! The system under load test: its operations, messages, tables and workflows.

use client::product;
use harness::{
    Channel, Cleaned, Need, Of, Operation, Owner, Scheme, System, Table, Value, Visit,
};
use harness::criteria::typed;

use crate::request;

/// The security scheme `login`.
pub static LOGIN_SCHEME: Scheme = Scheme::Token {
    issuer: "https://login.shop.example.com",
    audience: "shop",
    scopes_claim: "scope",
};

/// `POST /basket`
pub static PUT_BASKET: Operation = Operation {
    id: "putBasket",
    service: "basket",
    method: "POST",
    path: "/basket",
    statuses: &[200, 400, 401, 403, 409, 413, 415, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &[])]],
    owner: Some(Owner {
        claim: "sub",
        unless: Some("baskets.all"),
    }),
    ..Operation::NEW
};

/// `GET /basket/{userName}`
pub static GET_BASKET: Operation = Operation {
    id: "getBasket",
    service: "basket",
    method: "GET",
    path: "/basket/{userName}",
    statuses: &[200, 400, 401, 403, 404, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &[])]],
    owner: Some(Owner {
        claim: "sub",
        unless: Some("baskets.all"),
    }),
    ..Operation::NEW
};

/// `DELETE /basket/{userName}`
pub static DELETE_BASKET: Operation = Operation {
    id: "deleteBasket",
    service: "basket",
    method: "DELETE",
    path: "/basket/{userName}",
    statuses: &[204, 400, 401, 403, 409, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &[])]],
    owner: Some(Owner {
        claim: "sub",
        unless: Some("baskets.all"),
    }),
    ..Operation::NEW
};

/// `POST /basket/checkout`
pub static CHECKOUT_BASKET: Operation = Operation {
    id: "checkoutBasket",
    service: "basket",
    method: "POST",
    path: "/basket/checkout",
    statuses: &[202, 400, 401, 403, 404, 409, 413, 415, 422, 500, 503],
    security: &[&[Need::new(&LOGIN_SCHEME, &[])]],
    owner: Some(Owner {
        claim: "sub",
        unless: Some("baskets.all"),
    }),
    ..Operation::NEW
};

/// `GET /order`
pub static LIST_ORDERS: Operation = Operation {
    id: "listOrders",
    service: "ordering",
    method: "GET",
    path: "/order",
    statuses: &[200, 400, 401, 403, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &["orders.all"])]],
    owner: Some(Owner {
        claim: "sub",
        unless: Some("orders.all"),
    }),
    ..Operation::NEW
};

/// `GET /order/{userName}`
pub static GET_ORDERS: Operation = Operation {
    id: "getOrders",
    service: "ordering",
    method: "GET",
    path: "/order/{userName}",
    statuses: &[200, 400, 401, 403, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &[])]],
    owner: Some(Owner {
        claim: "sub",
        unless: Some("orders.all"),
    }),
    ..Operation::NEW
};

/// `GET /product`
pub static LIST_PRODUCTS: Operation = Operation {
    id: "listProducts",
    service: "product",
    method: "GET",
    path: "/product",
    statuses: &[200, 400, 500],
    ..Operation::NEW
};

/// `POST /product`
pub static CREATE_PRODUCT: Operation = Operation {
    id: "createProduct",
    service: "product",
    method: "POST",
    path: "/product",
    statuses: &[201, 400, 401, 403, 413, 415, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &["catalogue.write"])]],
    ..Operation::NEW
};

/// `GET /product/{id}`
pub static GET_PRODUCT: Operation = Operation {
    id: "getProduct",
    service: "product",
    method: "GET",
    path: "/product/{id}",
    statuses: &[200, 400, 404, 500],
    ..Operation::NEW
};

/// `PUT /product/{id}`
pub static REPLACE_PRODUCT: Operation = Operation {
    id: "replaceProduct",
    service: "product",
    method: "PUT",
    path: "/product/{id}",
    statuses: &[200, 400, 401, 403, 404, 413, 415, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &["catalogue.write"])]],
    ..Operation::NEW
};

/// `DELETE /product/{id}`
pub static DELETE_PRODUCT: Operation = Operation {
    id: "deleteProduct",
    service: "product",
    method: "DELETE",
    path: "/product/{id}",
    statuses: &[204, 400, 401, 403, 404, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &["catalogue.write"])]],
    ..Operation::NEW
};

/// `GET /product/{id}/sales`
pub static LIST_SALES: Operation = Operation {
    id: "listSales",
    service: "product",
    method: "GET",
    path: "/product/{id}/sales",
    statuses: &[200, 400, 401, 403, 500],
    security: &[&[Need::new(&LOGIN_SCHEME, &["sales.read"])]],
    ..Operation::NEW
};

/// `CheckoutBasket` of the basket service.
pub static CHECKOUT_BASKET_CHANNEL: Channel = Channel {
    id: "CheckoutBasket",
    bus: "SwnEventBus",
    source: Some("com.swn.basket.checkoutbasket"),
    detail_type: "CheckoutBasket",
    version: Some(1),
    correlation: "/checkoutId",
};

/// `OrderPlaced` of the ordering service.
pub static ORDER_PLACED_CHANNEL: Channel = Channel {
    id: "OrderPlaced",
    bus: "SwnEventBus",
    source: Some("com.swn.ordering.orderplaced"),
    detail_type: "OrderPlaced",
    version: Some(1),
    correlation: "/checkoutId",
};

/// The system.
pub static SYSTEM: System = System {
    name: "basket, ordering, product",
    operations: &[
        &PUT_BASKET,
        &GET_BASKET,
        &DELETE_BASKET,
        &CHECKOUT_BASKET,
        &LIST_ORDERS,
        &GET_ORDERS,
        &LIST_PRODUCTS,
        &CREATE_PRODUCT,
        &GET_PRODUCT,
        &REPLACE_PRODUCT,
        &DELETE_PRODUCT,
        &LIST_SALES,
    ],
    channels: &[&CHECKOUT_BASKET_CHANNEL, &ORDER_PLACED_CHANNEL],
    tables: &[
        Table {
            output: "BasketTableName",
            partition: "userName",
            of: Of::Unique,
        },
        Table {
            output: "CheckoutTableName",
            partition: "checkoutKey",
            of: Of::Unique,
        },
        Table {
            output: "OrderTableName",
            partition: "userName",
            of: Of::Unique,
        },
        Table {
            output: "ProductTableName",
            partition: "id",
            of: Of::Made("product"),
        },
        Table {
            output: "SaleTableName",
            partition: "productId",
            of: Of::Made("product"),
        },
    ],
    workflows: &[
        &crate::STOCK,
        &crate::BROWSE,
        &crate::FILL,
        &crate::CHECKOUT,
        &crate::KEEP,
    ],
    clean: Some(|visit| Box::pin(clean(visit))),
    ..System::NEW
};

/// Removes by the API what the run made.
async fn clean(visit: &mut Visit<'_>) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let remove = |key: &Value| Ok(
        request(&product::DeleteProduct::new(typed(key, "deleteProduct: the key")?)),
    );
    visit.remove("product", &DELETE_PRODUCT, remove, &mut cleaned).await;
    cleaned
}
