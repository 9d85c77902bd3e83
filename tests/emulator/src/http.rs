//! HTTP: the paths of the document as routes, and requests and responses as bytes.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::any;
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};

use crate::call::Raw;
use crate::check::DOCUMENT;
use crate::server::{Answer, Server};

/// How long a body may be, in bytes.
const BODY: usize = 64 * 1024 * 1024;

/// Returns the routes: one for each path of the document, whatever the method, and one for all others.
pub(crate) fn router(server: Arc<Server>) -> Router {
    let mut paths: Vec<&str> = DOCUMENT
        .operations
        .iter()
        .map(|operation| operation.path.as_str())
        .collect();
    paths.dedup();
    let router = Router::new().fallback(handle);
    // The templates of the document and of axum are written alike.
    let router = paths
        .into_iter()
        .fold(router, |router, path| router.route(path, any(handle)));
    router.with_state(server)
}

async fn handle(
    State(server): State<Arc<Server>>,
    path: Option<MatchedPath>,
    variables: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let uri = &parts.uri;
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let headers = parts.headers.iter();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut raw = Raw {
        method: parts.method.as_str().to_owned(),
        target: uri.path_and_query().map_or_else(String::new, ToString::to_string),
        query: pairs.into_owned().collect(),
        headers: headers
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        ..Raw::default()
    };
    if let Ok(variables) = &variables {
        let pairs = variables
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        raw.path = pairs.collect();
    }
    let answer = match to_bytes(body, BODY).await {
        Ok(body) => {
            raw.body = body;
            // A path that is not UTF-8 is none of the document's.
            let path = path.as_ref().filter(|_| variables.is_ok());
            server.answer(raw, path.map(MatchedPath::as_str))
        }
        Err(_) => server.too_large(raw),
    };
    response(answer)
}

fn response(answer: Answer) -> Response {
    let (status, content_type, body) = match answer {
        Answer::Response(response) => (
            response.status,
            "application/json".to_owned(),
            response.body.to_string(),
        ),
        Answer::Unauthorized { content_type, body } => (401, content_type, body),
    };
    let mut response = Response::new(Body::from(Bytes::from(body)));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = HeaderValue::from_str(&content_type)
        && !content_type.is_empty()
    {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    if status == 401 {
        // https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
        response
            .headers_mut()
            .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
