//! An app with two clients that share their runtime: one interceptor and one error handler serve both.

use std::sync::{Arc, Mutex};

use orders::schemas::Order;
use pets::runtime::http::{HeaderValue, Request};
use pets::runtime::{AnyError, Body, Interceptor, Sent};

/// Names the app in every request, and remembers the operations.
#[derive(Clone, Default)]
pub struct Trace(pub Arc<Mutex<Vec<&'static str>>>);

impl Interceptor for Trace {
    fn before_send(
        &self,
        attempt: Sent<'_>,
        request: &mut Request<Body>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0.lock().map_err(|_| "poisoned")?.push(attempt.id());
        request
            .headers_mut()
            .insert("x-app", HeaderValue::from_static("shop"));
        Ok(())
    }
}

/// Tells a customer what went wrong, whichever server it was.
pub fn explain(error: &AnyError) -> String {
    let title = error
        .response()
        .and_then(|response| response.json::<pets::schemas::Problem>().ok()?.title);
    match (error.status(), title) {
        (Some(status), Some(title)) => format!("{}: {title}", status.as_u16()),
        (Some(status), None) => format!("the server answered {status}"),
        (None, _) => "the server cannot be reached".to_owned(),
    }
}

/// Orders a pet: what one client has read is sent by the other as it is.
pub fn order(
    pets: &pets::BlockingClient,
    orders: &orders::BlockingClient,
    id: &str,
) -> Result<Order, AnyError> {
    let pet = pets::operations::pets::get_pet(id)
        .send_blocking(pets)?
        .into_inner();
    let mut order = Order::new(pet.name);
    order.born = pet.born;
    order.habits = pet.habits;
    Ok(orders::operations::orders::place_order(order)
        .send_blocking(orders)?
        .into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use pets::runtime::http::{Response, StatusCode};
    use pets::runtime::{BlockingBody, BlockingTransport, Limits, TransportError};

    use super::{AnyError, Body, Request, Trace, explain, order};

    /// Answers the requests of both clients.
    struct Servers;

    impl BlockingTransport for Servers {
        fn send(
            &self,
            request: Request<Body>,
            _: Limits,
        ) -> Result<Response<BlockingBody>, TransportError> {
            assert_eq!(request.headers()["x-app"], "shop");
            let (status, body) = match (request.uri().host(), request.uri().path()) {
                (Some("pets.example"), "/pets/1") => {
                    let pet =
                        r#"{"name":"Rex","born":"2020-02-29T12:00:00Z","habits":{"barks":1e2}}"#;
                    (StatusCode::OK, pet.as_bytes().to_vec())
                }
                (Some("pets.example"), "/pets/2") => {
                    (StatusCode::OK, br#"{"name":"Tom"}"#.to_vec())
                }
                (Some("orders.example"), "/orders") => {
                    assert_eq!(request.headers()["authorization"], "Bearer t");
                    let sent = request.body().bytes().unwrap();
                    if sent.windows(3).any(|word| word == b"Tom") {
                        (
                            StatusCode::CONFLICT,
                            br#"{"title":"Tom has a home"}"#.to_vec(),
                        )
                    } else {
                        (StatusCode::CREATED, sent.to_vec())
                    }
                }
                _ => (
                    StatusCode::NOT_FOUND,
                    br#"{"title":"no such pet"}"#.to_vec(),
                ),
            };
            let body: Box<dyn Read + Send> = Box::new(std::io::Cursor::new(body));
            let mut response = Response::new(body);
            *response.status_mut() = status;
            response
                .headers_mut()
                .insert("content-type", "application/json".parse().unwrap());
            Ok(response)
        }
    }

    #[test]
    fn one_interceptor_and_one_error_handler_serve_both_clients() -> Result<(), AnyError> {
        let trace = Trace::default();
        let pets = pets::ClientBuilder::default()
            .interceptor(trace.clone())
            .blocking_transport(Servers);
        let orders = orders::ClientBuilder::default()
            .token("t")
            .interceptor(trace.clone())
            .blocking_transport(Servers);
        let (pets, orders) = (pets.build_blocking()?, orders.build_blocking()?);

        let placed = order(&pets, &orders, "1")?;
        assert_eq!(placed.born.unwrap().as_str(), "2020-02-29T12:00:00Z");
        assert_eq!(placed.habits.unwrap().to_string(), r#"{"barks":1e2}"#);

        let failures = ["2", "3"].map(|id| explain(&order(&pets, &orders, id).unwrap_err()));
        assert_eq!(failures, ["409: Tom has a home", "404: no such pet"]);
        let called = ["getPet", "placeOrder", "getPet", "placeOrder", "getPet"];
        assert_eq!(*trace.0.lock().unwrap(), called);
        Ok(())
    }
}
