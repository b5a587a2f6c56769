// @generated from the contracts in spec/; edits are overwritten.

//! Client of the depot service.
//!
//! The types are those of the service's contract. The input of an operation has the name of the operation.
//!
//! - **Source** `spec/depot/openapi.yaml#/info`

use crate::{
    Call, Error, Http, HttpRequest, HttpResponse, Transport, TransportError, send,
};

pub use depot_contract::{
    GetParcelError, GetParcelOutput, LookForLate, LookForLateAfterHours, NewParcel,
    Parcel, ParcelId, ParcelRegistered, ParcelRegisteredVersion, ParcelScanned,
    ParcelScannedVersion, ParcelWeighed, ParcelWeighedVersion, Place, Recipient,
    RegisterParcelError, RegisterParcelOutput, Reminder, ReminderAfterHours,
    ReminderReminderId, Scan, ScanId, ScanParcelError, ScanParcelOutput, WeightGrams,
    RegisterParcelInput as RegisterParcel, GetParcelInput as GetParcel,
    ScanParcelInput as ScanParcel,
};

/// Calls the depot service over a transport.
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

    /// Take a parcel in
    ///
    /// - **Route** `POST /parcel`
    pub async fn register_parcel(
        &self,
        input: RegisterParcel,
    ) -> Result<RegisterParcelOutput, Error<RegisterParcelError>> {
        send(&self.transport, &input).await
    }

    /// Read a parcel
    ///
    /// - **Route** `GET /parcel/{id}`
    pub async fn get_parcel(
        &self,
        input: GetParcel,
    ) -> Result<GetParcelOutput, Error<GetParcelError>> {
        send(&self.transport, &input).await
    }

    /// See a parcel pass
    ///
    /// - **Route** `POST /parcel/{id}/scan`
    pub async fn scan_parcel(
        &self,
        input: ScanParcel,
    ) -> Result<ScanParcelOutput, Error<ScanParcelError>> {
        send(&self.transport, &input).await
    }
}

impl Call for RegisterParcel {
    type Output = RegisterParcelOutput;
    type Error = RegisterParcelError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("POST", "/parcel").json("application/json", Some(&self.body))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            201 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(RegisterParcelError::BadRequest)),
            401 => Err(response.problem(RegisterParcelError::Unauthorized)),
            403 => Err(response.problem(RegisterParcelError::Forbidden)),
            413 => Err(response.problem(RegisterParcelError::ContentTooLarge)),
            415 => Err(response.problem(RegisterParcelError::UnsupportedMediaType)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for GetParcel {
    type Output = GetParcelOutput;
    type Error = GetParcelError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/parcel/{id}").path("id", &self.id)
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(GetParcelError::BadRequest)),
            401 => Err(response.problem(GetParcelError::Unauthorized)),
            403 => Err(response.problem(GetParcelError::Forbidden)),
            404 => Err(response.problem(GetParcelError::NotFound)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for ScanParcel {
    type Output = ScanParcelOutput;
    type Error = ScanParcelError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("POST", "/parcel/{id}/scan")
            .path("id", &self.id)
            .json("application/json", Some(&self.body))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            202 => response.read(|answer| answer.nothing()),
            400 => Err(response.problem(ScanParcelError::BadRequest)),
            401 => Err(response.problem(ScanParcelError::Unauthorized)),
            403 => Err(response.problem(ScanParcelError::Forbidden)),
            413 => Err(response.problem(ScanParcelError::ContentTooLarge)),
            415 => Err(response.problem(ScanParcelError::UnsupportedMediaType)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}
