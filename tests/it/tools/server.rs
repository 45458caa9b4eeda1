//! Servers for clients that measure: on the loopback interface, on a port of their own, gone with the value.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Instant;

use prill::prelude::*;

/// A server has this long to listen.
const START: Duration = Duration::from_secs(20);

/// A port that is free now.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Waits until somebody listens on `port`. The payload must live meanwhile. Nothing connects: a server that serves one client at
/// a time would take that for its client.
pub(super) fn wait_for(port: u16, server: &mut PayloadHandle<'_>) {
    let deadline = Instant::now() + START;
    while !listens(port) {
        assert!(server.try_wait().unwrap().is_none(), "{} has ended before it listened", server.payload_name());
        assert!(Instant::now() < deadline, "{} does not listen on port {port}", server.payload_name());
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// An HTTP/1.1 server in threads of the test that answers every GET with the same small page.
pub(super) struct Http {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Http {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let accepting = std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                std::thread::spawn(move || answer(&connection));
            }
        });
        Self { address, stop, accepting: Some(accepting) }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Http {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.accepting.take() {
            thread.join().unwrap();
        }
    }
}

/// Answers the requests of one connection, until the client closes it or asks for that.
fn answer(connection: &TcpStream) {
    let _ = connection.set_read_timeout(Some(Duration::from_secs(10)));
    let mut writer = connection;
    let mut lines = BufReader::new(connection).lines();
    loop {
        let mut close = false;
        let mut seen = false;
        for line in lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()) {
            seen = true;
            close |= line.contains("HTTP/1.0") || line.eq_ignore_ascii_case("connection: close");
        }
        let reply = "HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 12\r\nContent-Type: text/plain\r\n\r\nhello, test\n";
        if !seen || writer.write_all(reply.as_bytes()).is_err() || close {
            return;
        }
    }
}

/// Whether a socket of IPv4 or IPv6 is in the state LISTEN on `port` (Documentation/networking/proc_net_tcp.rst).
fn listens(port: u16) -> bool {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(|table| std::fs::read_to_string(table).unwrap_or_default());
    let port = format!(":{port:04X}");
    tables.iter().flat_map(|table| table.lines()).any(|row| {
        let words: Vec<&str> = row.split_whitespace().collect();
        words.get(1).is_some_and(|local| local.ends_with(&port)) && words.get(3) == Some(&"0A")
    })
}
