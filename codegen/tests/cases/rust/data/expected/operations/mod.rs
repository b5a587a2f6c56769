// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_shows;
pub(crate) mod create_show;
pub(crate) mod list_shows_of_cities;
pub(crate) mod count_shows;
pub(crate) mod get_shows;
pub(crate) mod get_show;
pub(crate) mod replace_show;
pub(crate) mod patch_show;
pub(crate) mod delete_show;
pub(crate) mod open_show;
pub(crate) mod sell_seats;
pub(crate) mod book;
pub(crate) mod put_venue;
pub(crate) mod find_venues;
pub(crate) mod list_venues;
pub(crate) mod list_parcels;
pub(crate) mod put_parcel;
pub(crate) mod first_parcels;
pub(crate) mod upsert_parcel;
pub(crate) mod patch_parcel;
pub(crate) mod replace_parcel;
pub(crate) mod pay_parcel;

use runtime::Context;

use crate::tables::Tables;

pub use list_shows::*;
pub use create_show::*;
pub use list_shows_of_cities::*;
pub use count_shows::*;
pub use get_shows::*;
pub use get_show::*;
pub use replace_show::*;
pub use patch_show::*;
pub use delete_show::*;
pub use open_show::*;
pub use sell_seats::*;
pub use book::*;
pub use put_venue::*;
pub use find_venues::*;
pub use list_venues::*;
pub use list_parcels::*;
pub use put_parcel::*;
pub use first_parcels::*;
pub use upsert_parcel::*;
pub use patch_parcel::*;
pub use replace_parcel::*;
pub use pay_parcel::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// The shows of a city, the newest first.
    ///
    /// - **Route** `GET /shows`
    fn list_shows(
        &self,
        _cx: &Context,
        input: ListShowsInput,
    ) -> impl Future<Output = Result<ListShowsOutput, ListShowsError>> + Send {
        list_shows::run(self.tables(), input)
    }

    /// `POST /shows`
    ///
    /// - **Route** `POST /shows`
    fn create_show(
        &self,
        _cx: &Context,
        input: CreateShowInput,
    ) -> impl Future<Output = Result<CreateShowOutput, CreateShowError>> + Send {
        create_show::run(self.tables(), input)
    }

    /// `GET /shows/of`
    ///
    /// - **Route** `GET /shows/of`
    fn list_shows_of_cities(
        &self,
        _cx: &Context,
        input: ListShowsOfCitiesInput,
    ) -> impl Future<
        Output = Result<ListShowsOfCitiesOutput, ListShowsOfCitiesError>,
    > + Send {
        list_shows_of_cities::run(self.tables(), input)
    }

    /// `GET /shows/count`
    ///
    /// - **Route** `GET /shows/count`
    fn count_shows(
        &self,
        _cx: &Context,
        input: CountShowsInput,
    ) -> impl Future<Output = Result<CountShowsOutput, CountShowsError>> + Send {
        count_shows::run(self.tables(), input)
    }

    /// `GET /shows/some`
    ///
    /// - **Route** `GET /shows/some`
    fn get_shows(
        &self,
        _cx: &Context,
        input: GetShowsInput,
    ) -> impl Future<Output = Result<GetShowsOutput, GetShowsError>> + Send {
        get_shows::run(self.tables(), input)
    }

    /// `GET /shows/{id}`
    ///
    /// - **Route** `GET /shows/{id}`
    fn get_show(
        &self,
        _cx: &Context,
        input: GetShowInput,
    ) -> impl Future<Output = Result<GetShowOutput, GetShowError>> + Send {
        get_show::run(self.tables(), input)
    }

    /// `PUT /shows/{id}`
    ///
    /// - **Route** `PUT /shows/{id}`
    fn replace_show(
        &self,
        _cx: &Context,
        input: ReplaceShowInput,
    ) -> impl Future<Output = Result<ReplaceShowOutput, ReplaceShowError>> + Send {
        replace_show::run(self.tables(), input)
    }

    /// `PATCH /shows/{id}`
    ///
    /// - **Route** `PATCH /shows/{id}`
    fn patch_show(
        &self,
        _cx: &Context,
        input: PatchShowInput,
    ) -> impl Future<Output = Result<PatchShowOutput, PatchShowError>> + Send {
        patch_show::run(self.tables(), input)
    }

    /// `DELETE /shows/{id}`
    ///
    /// - **Route** `DELETE /shows/{id}`
    fn delete_show(
        &self,
        _cx: &Context,
        input: DeleteShowInput,
    ) -> impl Future<Output = Result<DeleteShowOutput, DeleteShowError>> + Send {
        delete_show::run(self.tables(), input)
    }

    /// `POST /shows/{id}/open`
    ///
    /// - **Route** `POST /shows/{id}/open`
    fn open_show(
        &self,
        _cx: &Context,
        input: OpenShowInput,
    ) -> impl Future<Output = Result<OpenShowOutput, OpenShowError>> + Send {
        open_show::run(self.tables(), input)
    }

    /// `POST /shows/{id}/sales`
    ///
    /// - **Route** `POST /shows/{id}/sales`
    fn sell_seats(
        &self,
        _cx: &Context,
        input: SellSeatsInput,
    ) -> impl Future<Output = Result<SellSeatsOutput, SellSeatsError>> + Send {
        sell_seats::run(self.tables(), input)
    }

    /// Books seats, once for each key.
    ///
    /// - **Route** `POST /bookings`
    fn book(
        &self,
        cx: &Context,
        input: BookInput,
    ) -> impl Future<Output = Result<BookOutput, BookError>> + Send;

    /// `PUT /venues/{city}/{name}`
    ///
    /// - **Route** `PUT /venues/{city}/{name}`
    fn put_venue(
        &self,
        cx: &Context,
        input: PutVenueInput,
    ) -> impl Future<Output = Result<PutVenueOutput, PutVenueError>> + Send {
        async move {
            let fill = self.fill_put_venue(cx, &input).await?;
            put_venue::run(self.tables(), input, fill).await
        }
    }

    /// The properties of a new item of `putVenue` that only the service sets.
    fn fill_put_venue(
        &self,
        cx: &Context,
        input: &PutVenueInput,
    ) -> impl Future<Output = Result<PutVenueFill, PutVenueError>> + Send;

    /// `GET /venues/{city}`
    ///
    /// - **Route** `GET /venues/{city}`
    fn find_venues(
        &self,
        _cx: &Context,
        input: FindVenuesInput,
    ) -> impl Future<Output = Result<FindVenuesOutput, FindVenuesError>> + Send {
        find_venues::run(self.tables(), input)
    }

    /// Those of a city, or all.
    ///
    /// - **Route** `GET /venues`
    fn list_venues(
        &self,
        _cx: &Context,
        input: ListVenuesInput,
    ) -> impl Future<Output = Result<ListVenuesOutput, ListVenuesError>> + Send {
        list_venues::run(self.tables(), input)
    }

    /// `GET /parcels`
    ///
    /// - **Route** `GET /parcels`
    fn list_parcels(
        &self,
        _cx: &Context,
        input: ListParcelsInput,
    ) -> impl Future<Output = Result<ListParcelsOutput, ListParcelsError>> + Send {
        list_parcels::run(self.tables(), input)
    }

    /// `PUT /parcels`
    ///
    /// - **Route** `PUT /parcels`
    fn put_parcel(
        &self,
        _cx: &Context,
        input: PutParcelInput,
    ) -> impl Future<Output = Result<PutParcelOutput, PutParcelError>> + Send {
        put_parcel::run(self.tables(), input)
    }

    /// As many as were asked for, or a failure.
    ///
    /// - **Route** `GET /parcels/first`
    fn first_parcels(
        &self,
        _cx: &Context,
        input: FirstParcelsInput,
    ) -> impl Future<Output = Result<FirstParcelsOutput, FirstParcelsError>> + Send {
        first_parcels::run(self.tables(), input)
    }

    /// `PUT /parcels/{id}`
    ///
    /// - **Route** `PUT /parcels/{id}`
    fn upsert_parcel(
        &self,
        _cx: &Context,
        input: UpsertParcelInput,
    ) -> impl Future<Output = Result<UpsertParcelOutput, UpsertParcelError>> + Send {
        upsert_parcel::run(self.tables(), input)
    }

    /// Takes more properties than it names.
    ///
    /// - **Route** `PATCH /parcels/{id}`
    fn patch_parcel(
        &self,
        _cx: &Context,
        input: PatchParcelInput,
    ) -> impl Future<Output = Result<PatchParcelOutput, PatchParcelError>> + Send {
        patch_parcel::run(self.tables(), input)
    }

    /// `PUT /parcels/{id}/whole`
    ///
    /// - **Route** `PUT /parcels/{id}/whole`
    fn replace_parcel(
        &self,
        _cx: &Context,
        input: ReplaceParcelInput,
    ) -> impl Future<Output = Result<ReplaceParcelOutput, ReplaceParcelError>> + Send {
        replace_parcel::run(self.tables(), input)
    }

    /// `POST /parcels/{id}/payment`
    ///
    /// - **Route** `POST /parcels/{id}/payment`
    fn pay_parcel(
        &self,
        _cx: &Context,
        input: PayParcelInput,
    ) -> impl Future<Output = Result<PayParcelOutput, PayParcelError>> + Send {
        pay_parcel::run(self.tables(), input)
    }
}
