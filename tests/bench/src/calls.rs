//! Calls of the emitted client beside the same calls written by hand with `reqwest` and `serde_json`.

use std::error::Error;
use std::future::Future;
use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use losant_data::ids::{ApplicationId, DataTableId, RowId};
use losant_data::operations::{data_table_row, data_table_rows};
use losant_data::schemas::DataTableRowInsertUpdate;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::{derived, server};

/// How many calls are under way at a time.
const IN_FLIGHT: u64 = 64;

/// How long a call may take, by hand as by the emitted client.
const TIMEOUT: Duration = Duration::from_secs(30);

const TOKEN: &str = "a-token-of-a-common-length-which-is-some-hundred-characters-or-so-as-they-are-signed";
const APPLICATION: &str = "575ec8687ae143cd83dc4a97";
const TABLE: &str = "596e6ce831761df4231708f1";
const ROW: &str = "596fbb703fc0884538000007";

/// Whatever goes wrong with a call.
type Failure = Box<dyn Error + Send + Sync>;

/// Who makes calls.
pub struct Contender {
    /// A word for them.
    pub name: &'static str,
    /// Makes so many calls, several at a time.
    pub run: Box<dyn Fn(u64)>,
}

/// What is called: its name, and everybody who calls it; the first is the emitted client.
pub type Group = (&'static str, Vec<Contender>);

/// Starts a server, and returns everybody who calls it.
///
/// # Errors
///
/// When there is no server, or no client can be made.
pub fn all() -> Result<Vec<Group>, Failure> {
    // Whoever writes calls by hand does this once; one that is there already is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url: Arc<str> = server::start()?.into();
    let runtime = Rc::new(Builder::new_current_thread().enable_all().build()?);
    let ours = Arc::new(Ours {
        client: losant_data::Client::builder().base_url(&*url).token(TOKEN).build()?,
        application: APPLICATION.parse()?,
        table: TABLE.parse()?,
        row: ROW.parse()?,
    });
    let hand = by_hand()?;

    let (client, by) = (Arc::clone(&ours), hand.clone());
    let row = vec![
        contender("ours", &runtime, move || our_row(Arc::clone(&client))),
        theirs::<derived::Row>("by-hand", &runtime, &by, &url, row_url),
        theirs::<Value>("by-hand-value", &runtime, &by, &url, row_url),
    ];
    let client = Arc::clone(&ours);
    let rows = vec![
        contender("ours", &runtime, move || our_rows(Arc::clone(&client))),
        theirs::<derived::Rows>("by-hand", &runtime, &by, &url, page_url),
        theirs::<Value>("by-hand-value", &runtime, &by, &url, page_url),
    ];
    let (client, by, to) = (Arc::clone(&ours), hand.clone(), Arc::clone(&url));
    let (is_read, is_read_by_hand) = (alternating(), alternating());
    let turns = vec![
        contender("ours", &runtime, move || {
            let (client, is_read) = (Arc::clone(&client), is_read());
            async move {
                if is_read {
                    our_row(client).await
                } else {
                    our_insert(client).await
                }
            }
        }),
        contender("by-hand", &runtime, move || {
            let is_read = is_read_by_hand();
            let request = if is_read {
                by.get(row_url(&to))
            } else {
                by.post(rows_url(&to))
            };
            async move {
                if is_read {
                    receive::<derived::Row>(request).await
                } else {
                    insert::<derived::Row>(request, &new_row()).await
                }
            }
        }),
    ];
    let (by, by_value, to) = (hand.clone(), hand, Arc::clone(&url));
    let insert = vec![
        contender("ours", &runtime, move || our_insert(Arc::clone(&ours))),
        contender("by-hand", &runtime, move || {
            let request = by.post(rows_url(&to));
            async move { insert::<derived::Row>(request, &new_row()).await }
        }),
        contender("by-hand-value", &runtime, move || {
            let request = by_value.post(rows_url(&url));
            async move {
                let row =
                    json!({"device": "sensor-7", "site": "east", "temperature": 7.8, "level": 18, "active": false});
                insert::<Value>(request, &row).await
            }
        }),
    ];
    Ok(vec![("row", row), ("rows", rows), ("insert", insert), ("turns", turns)])
}

/// Returns what says whether it is the turn of a call that reads.
fn alternating() -> impl Fn() -> bool + Send + Sync {
    let count = AtomicU64::new(0);
    move || count.fetch_add(1, Ordering::Relaxed) % 2 == 0
}

fn contender<F>(name: &'static str, runtime: &Rc<Runtime>, call: impl Fn() -> F + Send + Sync + 'static) -> Contender
where
    F: Future<Output = Result<(), Failure>> + Send,
{
    let (runtime, call) = (Rc::clone(runtime), Arc::new(call));
    Contender {
        name,
        run: Box::new(move |count| runtime.block_on(several(count, &call))),
    }
}

/// Makes `count` calls by tasks that take the next as long as there are any.
///
/// # Panics
///
/// When a call fails: its time would say nothing.
async fn several<F>(count: u64, call: &Arc<impl Fn() -> F + Send + Sync + 'static>)
where
    F: Future<Output = Result<(), Failure>> + Send,
{
    let left = Arc::new(AtomicU64::new(count));
    let tasks = (0..IN_FLIGHT.min(count)).map(|_| {
        let (left, call) = (Arc::clone(&left), Arc::clone(call));
        tokio::spawn(async move {
            let take = |left: u64| left.checked_sub(1);
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
                call().await?;
            }
            Ok::<(), Failure>(())
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        match task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => panic!("a call failed: {error}"),
            Err(error) => panic!("a call failed: {error}"),
        }
    }
}

/// The emitted client, and what it is asked for: whoever calls has the ids at hand.
struct Ours {
    client: losant_data::Client,
    application: ApplicationId,
    table: DataTableId,
    row: RowId,
}

async fn our_row(ours: Arc<Ours>) -> Result<(), Failure> {
    let get = data_table_row::get(ours.application.clone(), ours.table.clone(), ours.row.clone());
    let row = get.send(&ours.client).await?;
    black_box(&*row);
    Ok(())
}

async fn our_rows(ours: Arc<Ours>) -> Result<(), Failure> {
    let get = data_table_rows::get(ours.application.clone(), ours.table.clone()).limit("1000");
    let rows = get.send(&ours.client).await?;
    black_box(&*rows);
    Ok(())
}

async fn our_insert(ours: Arc<Ours>) -> Result<(), Failure> {
    let row = DataTableRowInsertUpdate::new()
        .entry("device", "sensor-7")
        .entry("site", "east")
        .entry("temperature", 7.8)
        .entry("level", 18)
        .entry("active", false);
    let post = data_table_rows::post(ours.application.clone(), ours.table.clone(), row);
    let inserted = post.send(&ours.client).await?;
    black_box(&*inserted);
    Ok(())
}

/// Makes a client as by hand: one that sends what the API asks for with every request, and does not wait for ever.
fn by_hand() -> Result<Client, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert("Accept-Version", HeaderValue::from_static("^1.29.4"));
    Ok(Client::builder()
        .user_agent("by-hand/0.1.0")
        .default_headers(headers)
        .timeout(TIMEOUT)
        .build()?)
}

fn theirs<T: DeserializeOwned>(
    name: &'static str,
    runtime: &Rc<Runtime>,
    client: &Client,
    base: &Arc<str>,
    url: fn(&str) -> String,
) -> Contender {
    let (client, base) = (client.clone(), Arc::clone(base));
    contender(name, runtime, move || {
        let request = client.get(url(&base));
        async move { receive::<T>(request).await }
    })
}

fn rows_url(base: &str) -> String {
    format!("{base}/applications/{APPLICATION}/data-tables/{TABLE}/rows")
}

fn page_url(base: &str) -> String {
    format!("{}?limit=1000", rows_url(base))
}

fn row_url(base: &str) -> String {
    format!("{}/{ROW}", rows_url(base))
}

/// A new row, as somebody writes it who knows its columns.
#[derive(Serialize)]
struct NewRow {
    device: &'static str,
    site: &'static str,
    temperature: f64,
    level: u32,
    active: bool,
}

fn new_row() -> NewRow {
    NewRow {
        device: "sensor-7",
        site: "east",
        temperature: 7.8,
        level: 18,
        active: false,
    }
}

async fn insert<T: DeserializeOwned>(request: RequestBuilder, row: &impl Serialize) -> Result<(), Failure> {
    let body = serde_json::to_vec(row)?;
    receive::<T>(request.header(CONTENT_TYPE, "application/json").body(body)).await
}

async fn receive<T: DeserializeOwned>(request: RequestBuilder) -> Result<(), Failure> {
    let response = request.bearer_auth(TOKEN).send().await?.error_for_status()?;
    let bytes = response.bytes().await?;
    black_box(serde_json::from_slice::<T>(&bytes)?);
    Ok(())
}
