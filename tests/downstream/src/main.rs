//! Makes a client, and a call to a server of its own.
//!
//! No TLS provider is installed before, and none is afterwards: whoever uses
//! the emitted crate needs not know that there are any.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::operations::data_table_rows;
use losant_data::schemas::AdvancedQuery;
use losant_data::{Client, SERVER};

fn main() -> Result<(), Box<dyn Error>> {
    // The client of the real server sets up TLS, though it is asked for nothing here.
    let _real = Client::new("token")?;
    println!("a client for {SERVER}");

    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = std::thread::spawn(move || answer(&listener));

    let client = Client::builder().token("token").base_url(url).build()?;
    let application: ApplicationId = "575ec8687ae143cd83dc4a97".parse()?;
    let table: DataTableId = "575ed78e7ae143cd83dc4aab".parse()?;
    let query = AdvancedQuery::new().entry("level", 5);
    let call = data_table_rows::query(application, table).limit("2").body(query);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let rows = runtime.block_on(call.send(&client))?;

    print!("{}", server.join().map_err(|_| "the server gave up")??);
    println!(
        "{} rows, {}",
        rows.items.as_deref().unwrap_or_default().len(),
        rows.status()
    );
    for row in rows.items.iter().flatten() {
        println!("level {:?}", row.get("level"));
    }
    Ok(())
}

/// Answers one request; returns its first line and its body.
fn answer(listener: &TcpListener) -> std::io::Result<String> {
    let (mut stream, _) = listener.accept()?;
    let mut reader = BufReader::new(&stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let header = header.trim_end().to_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let response = r#"{"items":[{"id":"596f832b128eda5cfe765443","level":5}],"count":1}"#;
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length";
    write!(stream, "{head}: {}\r\n\r\n{response}", response.len())?;
    Ok(format!("{}\n{}\n", first.trim_end(), String::from_utf8_lossy(&body)))
}
