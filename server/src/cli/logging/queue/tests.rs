//! The queue over a disk that fills up.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

/// A disk with so much room.
struct Disk {
    written: Vec<u8>,
    room: usize,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let count = bytes.len().min(self.room);
        if count == 0 {
            return Err(ErrorKind::StorageFull.into());
        }
        self.room -= count;
        self.written.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

fn disk(room: usize) -> Output<Disk> {
    Output { output: Disk { written: Vec::new(), room }, torn: false }
}

fn lost_line(lost: u64) -> Vec<u8> {
    format!("{lost} lost\n").into_bytes()
}

fn log(queue: &Queue, disk: &mut Output<Disk>, line: &str) {
    queue.push(line.as_bytes());
    queue.write_next(disk, &lost_line);
}

fn text(disk: &Output<Disk>) -> &str {
    std::str::from_utf8(&disk.output.written).unwrap()
}

#[test]
fn lines_are_written_in_order_and_without_losses_none_are_reported() {
    let (queue, mut disk) = (Queue::default(), disk(1000));
    for line in ["one\n", "two\n", "three\n"] {
        queue.push(line.as_bytes());
    }
    (0..3).for_each(|_| queue.write_next(&mut disk, &lost_line));
    assert_eq!(text(&disk), "one\ntwo\nthree\n");
}

#[test]
fn a_full_disk_loses_lines_which_are_counted_and_logged_when_there_is_room() {
    let (queue, mut disk) = (Queue::default(), disk(6));
    for line in ["one\n", "two\n", "three\n"] {
        log(&queue, &mut disk, line);
    }
    assert_eq!(text(&disk), "one\ntw", "the second did not fit as a whole");
    disk.output.room = 1000;
    log(&queue, &mut disk, "four\n");
    log(&queue, &mut disk, "five\n");
    assert_eq!(text(&disk), "one\ntw\n2 lost\nfour\nfive\n");
}

#[test]
fn a_full_queue_loses_lines_without_waiting_and_counts_them() {
    let (queue, mut disk) = (Queue::default(), disk(usize::MAX));
    let line = [vec![b'x'; 1023], vec![b'\n']].concat();
    for _ in 0..MAX_BYTES / 1024 + 5 {
        queue.push(&line);
    }
    queue.write_next(&mut disk, &lost_line);
    assert!(text(&disk).starts_with("5 lost\nxxx"));
    disk.output.written.clear();
    queue.write_next(&mut disk, &lost_line);
    assert!(text(&disk).starts_with("xxx"), "it is told once");
}

#[test]
fn a_drain_does_not_wait_for_a_line_that_cannot_be_written() {
    let queue = Queue::default();
    queue.drain(Duration::from_secs(600));
    queue.push(b"stuck\n");
    queue.drain(Duration::ZERO);
    assert_eq!(queue.state().lines.len(), 1);
}

#[test]
fn what_is_formatted_aside_is_not_queued() {
    let queue = Queue::default();
    let captured = format_aside(|| Lines::new(&queue).write_all(b"aside\n").unwrap());
    assert_eq!((captured.as_slice(), queue.state().lines.len()), (&b"aside\n"[..], 0));
    Lines::new(&queue).write_all(b"loud\n").unwrap();
    assert_eq!(queue.state().lines.len(), 1);
}
