//! The browser side of server functions: requests to `/ui` with the CSRF token and the build of the
//! page.

use super::{ApiError, ApiErrorKind};
use crate::browser;
use leptos::server_fn::Bytes;
use leptos::server_fn::client::Client;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::server_fn::response::browser::BrowserResponse;

/// Sends server function calls with two headers: the CSRF token of the page, which is bound to
/// browser and person, and the build of the page.
pub struct ApiClient;

type Plain = BrowserClient;

impl Client<ApiError> for ApiClient {
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    async fn send(request: Self::Request) -> Result<Self::Response, ApiError> {
        for (header, name) in [("x-csrf", "csrf"), ("x-build", "build")] {
            request.headers().set(header, &browser::meta(name));
        }
        <Plain as Client<ApiError>>::send(request).await
    }

    async fn open_websocket(
        _: &str,
    ) -> Result<
        (
            impl futures::Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
            impl futures::Sink<Bytes> + Send + 'static,
        ),
        ApiError,
    > {
        Err::<(futures::stream::Empty<_>, futures::sink::Drain<_>), _>(ApiError::new(ApiErrorKind::Internal, ""))
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <Plain as Client<ApiError>>::spawn(future);
    }
}
