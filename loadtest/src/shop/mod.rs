//! The shop as a load test sees it: its operations and messages, what a checkout promises, and the scenarios of its
//! customers, written by hand. Other systems get theirs from the generator; this is how people write one.

mod basket;
mod browse;
mod calls;
mod checkout;
mod clean;
mod fill;
mod stock;

use harness::{Channel, Invariant, KeptBy, Of, Operation, Promise, System, Table, Workflow};

const fn operation(
    id: &'static str,
    service: &'static str,
    method: &'static str,
    path: &'static str,
) -> Operation {
    Operation { id, service, method, path, ..Operation::NEW }
}

static LIST_PRODUCTS: Operation = operation("listProducts", "product", "GET", "/product");
static GET_PRODUCT: Operation = operation("getProduct", "product", "GET", "/product/{id}");
static CREATE_PRODUCT: Operation = operation("createProduct", "product", "POST", "/product");
static DELETE_PRODUCT: Operation = operation("deleteProduct", "product", "DELETE", "/product/{id}");
static PUT_BASKET: Operation = operation("putBasket", "basket", "POST", "/basket");
static GET_BASKET: Operation = operation("getBasket", "basket", "GET", "/basket/{userName}");
static DELETE_BASKET: Operation =
    operation("deleteBasket", "basket", "DELETE", "/basket/{userName}");
static CHECKOUT_BASKET: Operation =
    operation("checkoutBasket", "basket", "POST", "/basket/checkout");
static GET_ORDERS: Operation = operation("getOrders", "ordering", "GET", "/order/{userName}");
static LIST_ORDERS: Operation = operation("listOrders", "ordering", "GET", "/order");

static CHECKED_OUT: Channel = Channel {
    id: "CheckoutBasket",
    bus: "SwnEventBus",
    source: "com.swn.basket.checkoutbasket",
    detail_type: "CheckoutBasket",
    correlation: "/userName",
};
static ORDER_PLACED: Channel = Channel {
    id: "OrderPlaced",
    bus: "SwnEventBus",
    source: "com.swn.ordering.orderplaced",
    detail_type: "OrderPlaced",
    correlation: "/checkoutId",
};

/// Each checkout is told of: the customer is unique, so its name is the key.
static PUBLISHED: Promise = Promise {
    id: "checkout.published",
    summary: "a CheckoutBasket for each checkout",
    kept_by: KeptBy::Message(&CHECKED_OUT),
    ..Promise::NEW
};
/// Each checkout becomes exactly one order, and leaves the basket as its outcome says.
static ORDER: Promise = Promise {
    id: "checkout.order",
    summary: "an order for each checkout",
    kept_by: KeptBy::State {
        look: |visit, entry| Box::pin(checkout::orders_of(visit, entry)),
        list: Some(|visit| Box::pin(checkout::all_orders(visit))),
    },
    check: Some(Invariant {
        wrong: "baskets wrong",
        check: |visit, entry, situation| {
            Box::pin(checkout::basket_is_right(visit, entry, situation))
        },
    }),
};
/// Each order is told of.
static PLACED: Promise = Promise {
    id: "checkout.placed",
    summary: "an OrderPlaced for each checkout",
    kept_by: KeptBy::Message(&ORDER_PLACED),
    ..Promise::NEW
};

static STOCK: Workflow = Workflow {
    id: "stock",
    summary: "Add a product to the catalogue.",
    before: stock::N_PRODUCTS,
    operations: &[&CREATE_PRODUCT],
    run: |visit| Box::pin(stock::run(visit)),
    ..Workflow::NEW
};
static BROWSE: Workflow = Workflow {
    id: "browse",
    summary: "Look around in the catalogue.",
    weight: 0.5,
    operations: &[&LIST_PRODUCTS, &GET_PRODUCT],
    run: |visit| Box::pin(browse::run(visit)),
    ..Workflow::NEW
};
static FILL: Workflow = Workflow {
    id: "fill",
    summary: "Fill a basket, change it, and leave without buying.",
    weight: 0.2,
    operations: &[&PUT_BASKET, &GET_BASKET, &DELETE_BASKET],
    run: |visit| Box::pin(fill::run(visit)),
    ..Workflow::NEW
};
static CHECKOUT: Workflow = Workflow {
    id: "checkout",
    summary: "Fill a basket, check it out and wait for the order.",
    operations: &[&PUT_BASKET, &CHECKOUT_BASKET, &GET_ORDERS],
    promises: &[&PUBLISHED, &ORDER, &PLACED],
    run: |visit| Box::pin(checkout::run(visit)),
    ..Workflow::NEW
};

/// The shop.
pub(crate) static SYSTEM: System = System {
    name: "shop",
    operations: &[
        &LIST_PRODUCTS,
        &GET_PRODUCT,
        &PUT_BASKET,
        &GET_BASKET,
        &DELETE_BASKET,
        &CHECKOUT_BASKET,
        &GET_ORDERS,
        &CREATE_PRODUCT,
        &DELETE_PRODUCT,
        &LIST_ORDERS,
    ],
    channels: &[&CHECKED_OUT, &ORDER_PLACED],
    tables: &[
        Table { output: "ProductTableName", partition: "id", of: Of::Made(stock::PRODUCT) },
        Table { output: "SaleTableName", partition: "productId", of: Of::Made(stock::PRODUCT) },
        Table { output: "BasketTableName", partition: "userName", of: Of::Unique },
        Table { output: "CheckoutTableName", partition: "checkoutKey", of: Of::Unique },
        Table { output: "OrderTableName", partition: "userName", of: Of::Unique },
    ],
    workflows: &[&STOCK, &BROWSE, &FILL, &CHECKOUT],
    clean: Some(|visit| Box::pin(clean::run(visit))),
    ..System::NEW
};
