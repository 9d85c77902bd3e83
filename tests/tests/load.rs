//! Many tasks that share one client: no call fails, connections are used again, and memory does not grow.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use losant_data::Client;
use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::operations::data_table_rows;
use losant_data::schemas::DataTableRowInsertUpdate;

/// How many calls are under way at a time.
const TASKS: usize = 64;

/// The response to a call that reads.
const READ: &str = concat!(
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 181\r\n\r\n",
    r#"{"items":[{"id":"596fbb703fc088453872e609","createdAt":"2026-06-13T04:00:00.417Z","level":5,"#,
    r#""site":"north","active":true,"note":null}],"count":1,"totalCount":1,"limit":1,"offset":0}"#
);

/// The response to one that writes.
const WRITTEN: &str = concat!(
    "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 58\r\n\r\n",
    r#"{"id":"596fbb703fc088453872e60a","level":6,"site":"south"}"#
);

#[test]
fn tasks_that_share_a_client_use_connections_again_and_no_more_memory() {
    let (address, connections) = serve();
    let builder = Client::builder().base_url(format!("http://{address}")).token("token");
    let client = builder.build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();

    runtime.block_on(calls(&client, 2000));
    let early = resident();
    runtime.block_on(calls(&client, 18_000));
    let late = resident();

    if let (Some(early), Some(late)) = (early, late) {
        assert!(late * 10 <= early * 11, "{late} pages are resident, after {early}");
    }
    // Who finds no connection free while one is about to be opens another; it stays for the next.
    let connections = connections.load(Ordering::Relaxed);
    assert!((TASKS..=4 * TASKS).contains(&connections), "{connections} connections");
}

/// Makes so many calls by tasks that take the next as long as there are any.
async fn calls(client: &Client, count: usize) {
    let left = Arc::new(AtomicUsize::new(count));
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (client, left) = (client.clone(), Arc::clone(&left));
            tokio::spawn(async move {
                let take = |left: usize| left.checked_sub(1);
                while let Ok(number) = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
                    call(&client, number).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn call(client: &Client, number: usize) {
    let application: ApplicationId = "575ec8687ae143cd83dc4a97".parse().unwrap();
    let table: DataTableId = "575ed78e7ae143cd83dc4aab".parse().unwrap();
    if number.is_multiple_of(2) {
        let get = data_table_rows::get(application, table).limit("1");
        let rows = get.send(client).await.unwrap();
        assert_eq!(rows.items.as_ref().unwrap().len(), 1);
    } else {
        let row = DataTableRowInsertUpdate::new().entry("level", 6).entry("site", "south");
        data_table_rows::post(application, table, row)
            .send(client)
            .await
            .unwrap();
    }
}

/// Returns how many pages of memory the process has; `None` where the system does not say.
fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    text.split(' ').nth(1)?.parse().ok()
}

/// Answers in as little time as can be, and counts connections; the server ends with the process.
fn serve() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            counted.fetch_add(1, Ordering::Relaxed);
            std::thread::spawn(move || answer(&stream));
        }
    });
    (address, connections)
}

/// Answers the requests of a connection until the client closes it; allocates nothing, so that memory is the client's.
fn answer(mut stream: &TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let (mut buffer, mut filled) = ([0; 4096], 0);
    loop {
        let read = stream.read(&mut buffer[filled..]).ok().filter(|read| *read > 0)?;
        filled += read;
        if let Some(response) = response(&buffer[..filled]) {
            stream.write_all(response.as_bytes()).ok()?;
            filled = 0;
        }
    }
}

/// Returns the response to a request, if that is there to its end.
fn response(request: &[u8]) -> Option<&'static str> {
    let (head, body) = std::str::from_utf8(request).ok()?.split_once("\r\n\r\n")?;
    if head.starts_with("GET ") {
        return Some(READ);
    }
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    let (_, length) = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    (length.parse() == Ok(body.len())).then_some(WRITTEN)
}
