//! Disks and file systems; see [`crate::FIO`] too.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [bonnie++](https://www.coker.com.au/bonnie++/) in the working directory. As root it needs `-u`.
pub const BONNIE: Payload = tool("bonnie++", "bonnie++", "bonnie++", &[]);
/// [dbench](https://dbench.samba.org): 30 s. The number of clients is the caller's.
pub const DBENCH: Payload = tool("dbench", "dbench", "dbench", &["-t", "30"]);
/// tbench of [dbench](https://dbench.samba.org): 30 s against a tbench_srv, whose host stands behind the number of clients, both the
/// caller's.
pub const TBENCH: Payload = tool("tbench", "tbench", "dbench", &["-t", "30"]);
/// dd of coreutils: 10 GiB of zeros from memory to nowhere; `if=`, `of=`, `bs=` and `count=` again choose something else.
pub const DD: Payload = tool("dd", "dd", "dd", &["if=/dev/zero", "of=/dev/null", "bs=1M", "count=10240"]);
/// [ioping](https://github.com/koct9i/ioping): 30 s. The file, folder or device is the caller's.
pub const IOPING: Payload = tool("ioping", "ioping", "ioping", &["-q", "-w", "30"]);
/// [DiskSpd](https://github.com/microsoft/diskspd): 30 s, with latencies. The file is the caller's.
pub const DISKSPD: Payload = tool("diskspd", "diskspd", "diskspd", &["-d30", "-W5", "-L"]);
/// fs_mark, with the times of system calls. The folder (`-d`) is the caller's.
pub const FS_MARK: Payload = tool("fsmark", "fs_mark", "fsmark", &["-v"]);
/// [hdparm](https://sourceforge.net/projects/hdparm/): a disk and its cache are read for some seconds. The device is the caller's.
pub const HDPARM: Payload = tool("hdparm", "hdparm", "hdparm", &["-tT"]);
/// [IOzone](https://www.iozone.org): all operations on a file of 64 MiB in records of 64 KiB.
pub const IOZONE: Payload = tool("iozone", "iozone", "iozone", &["-a", "-s", "64m", "-r", "64k"]);

register_payload!(&BONNIE, "file system throughput and seeks");
register_payload!(&DBENCH, "file server load");
register_payload!(&TBENCH, "file server load over a socket");
register_payload!(&DD, "throughput of one copy");
register_payload!(&IOPING, "latency of single requests");
register_payload!(&DISKSPD, "throughput and latency of storage");
register_payload!(&FS_MARK, "many small files");
register_payload!(&HDPARM, "reads of a disk and its cache");
register_payload!(&IOZONE, "throughput of file operations");
