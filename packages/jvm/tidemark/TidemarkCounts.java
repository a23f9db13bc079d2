package tidemark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts events by type and hour in memory, and reports the counts to Tidemark from a thread of its own. Needs Java 17 and nothing
 * else. Safe for any number of threads. A pipeline never fails because of it: what cannot be reported is said to {@code onError}, and
 * while Tidemark is away counts go on in memory.
 */
public final class TidemarkCounts implements AutoCloseable {
  /** Tidemark reads at most this many of both in one message. */
  private static final int MAX_REPORTS = 1_000;
  private static final int MAX_MONTHS = 36;
  private static final long MAX_EVENTS = (1L << 53) - 1;
  private static final Duration OLDEST = Duration.ofDays(400);
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 60_000;
  private static final long LONGEST_ASKED_MS = 3_600_000;
  private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private record Key(String eventType, String hour) {}

  private record Report(Key key, long events) {}

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Settings settings;
  private final Object lock = new Object();
  private final Map<Key, Long> counted = new HashMap<>();
  private final Map<Key, Long> accepted = new HashMap<>();
  private final Set<Key> refused = new HashSet<>();
  private final Set<String> said = new HashSet<>();
  /** One sender at a time: a later report must not overtake an earlier one. */
  private final Object sending = new Object();
  private final Thread sender = new Thread(this::sendForEver, "tidemark-counts");
  private boolean hasNews;
  private volatile boolean isClosing;

  /** Where and as what to report. {@link #of} gives a reporter name of its own, {@link #recount} replaces what the name reported. */
  public record Settings(
      String url, String token, String dc, String stage, String reporter, long epoch, Duration flushEvery, Consumer<String> onError) {

    /** For a process that counts on: each has a name of its own, and what several of them count adds up. */
    public static Settings of(String url, String token, String dc, String stage, String reporter) {
      String unique = reporter + "-" + UUID.randomUUID().toString().substring(0, 8);
      return new Settings(url, token, dc, stage, unique, 0, Duration.ofSeconds(15), System.err::println);
    }

    /**
     * For a batch that counts all of its input again when it is repeated: the counts of a higher epoch replace those of a lower one,
     * so that an attempt that crashed half-way leaves nothing. One process at a time may use the name.
     */
    public static Settings recount(String url, String token, String dc, String stage, String reporter, long epoch) {
      return new Settings(url, token, dc, stage, reporter, epoch, Duration.ofSeconds(15), System.err::println);
    }

    public Settings flushEvery(Duration every) {
      return new Settings(url, token, dc, stage, reporter, epoch, every, onError);
    }

    public Settings onError(Consumer<String> handler) {
      return new Settings(url, token, dc, stage, reporter, epoch, flushEvery, handler);
    }
  }

  public TidemarkCounts(Settings settings) {
    this.settings = settings;
    for (String name : List.of(settings.dc(), settings.reporter()))
      if (faultOf(name) != null) throw new IllegalArgumentException("\"" + name + "\" " + faultOf(name));
    if (!List.of("produced", "published", "delivered").contains(settings.stage()))
      throw new IllegalArgumentException("\"" + settings.stage() + "\" is not a stage: produced, published or delivered.");
    sender.setDaemon(true);
    sender.start();
  }

  /** Counts what a bundle of elements has; nothing of it is reported before {@link Bundle#finish}. For one thread. */
  public Bundle startBundle() {
    return new Bundle();
  }

  /** A bundle that fails and is processed again was never counted: forget it, and start another. */
  public final class Bundle {
    private final Map<Key, Long> tallies = new HashMap<>();

    /** False if it cannot be reported, which is said to {@code onError} once for each reason. */
    public boolean count(String eventType, Instant time, long events) {
      Key key = keyOf(eventType, time, events);
      if (key == null) return false;
      tallies.merge(key, events, Math::addExact);
      return true;
    }

    public boolean count(String eventType, Instant time) {
      return count(eventType, time, 1);
    }

    /** Adds it to the counts, which are sent soon; it does not wait for that. */
    public void finish() {
      synchronized (lock) {
        tallies.forEach((key, events) -> counted.merge(key, events, (a, b) -> Math.min(MAX_EVENTS, a + b)));
        tallies.clear();
        hasNews = true;
        lock.notifyAll();
      }
    }
  }

  /** Sends what is not accepted yet, and tries again until then or until the time is up. True if all of it is accepted. */
  public boolean flush(Duration within) throws InterruptedException {
    long endsAt = System.nanoTime() + within.toNanos();
    for (int failures = 0; ; failures += 1) {
      long asked = sendOnce();
      if (asked < 0) return true;
      long left = (endsAt - System.nanoTime()) / 1_000_000;
      if (left <= 0) return false;
      Thread.sleep(Math.min(left, pauseMs(failures, asked)));
    }
  }

  /** Sends the rest for at most 30 s, and that this reporter ends here. */
  @Override
  public void close() {
    isClosing = true;
    sender.interrupt();
    try {
      sender.join();
      if (!flush(Duration.ofSeconds(30))) settings.onError().accept("Tidemark did not accept every count before the process ended.");
      synchronized (sending) {
        post(List.of(), true);
      }
    } catch (IOException end) {
      settings.onError().accept(end.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendForEver() {
    int failures = 0;
    try {
      while (!isClosing) {
        synchronized (lock) {
          while (!hasNews) lock.wait();
          hasNews = false;
        }
        long asked = sendOnce();
        failures = asked < 0 ? 0 : failures + 1;
        if (asked >= 0) {
          synchronized (lock) {
            hasNews = true;
          }
        }
        // Bundles that finish meanwhile are sent together.
        Thread.sleep(asked < 0 ? settings.flushEvery().toMillis() : pauseMs(failures - 1, asked));
      }
    } catch (InterruptedException closed) {
      // close() sends the rest.
    }
  }

  /** -1: all is accepted or refused for good. Else the milliseconds that the answer asked to wait, 0 if it did not. */
  private long sendOnce() throws InterruptedException {
    synchronized (sending) {
      try {
        for (List<Report> chunk : chunksOf(unsent())) send(chunk);
        return -1;
      } catch (Later later) {
        settings.onError().accept(later.getMessage());
        return later.askedMs;
      } catch (IOException away) {
        settings.onError().accept("Tidemark is unreachable at " + settings.url() + " (" + away + ").");
        return 0;
      }
    }
  }

  private List<Report> unsent() {
    synchronized (lock) {
      List<Report> reports = new ArrayList<>();
      counted.forEach((key, events) -> {
        if (!refused.contains(key) && !events.equals(accepted.get(key))) reports.add(new Report(key, events));
      });
      reports.sort(Comparator.comparing((Report each) -> each.key().hour()).thenComparing(each -> each.key().eventType()));
      return reports;
    }
  }

  private static List<List<Report>> chunksOf(List<Report> reports) {
    List<List<Report>> chunks = new ArrayList<>();
    Set<String> months = new HashSet<>();
    for (Report report : reports) {
      String month = report.key().hour().substring(0, 7);
      boolean isNew = chunks.isEmpty() || chunks.get(chunks.size() - 1).size() == MAX_REPORTS;
      if (isNew || (months.size() == MAX_MONTHS && !months.contains(month))) {
        chunks.add(new ArrayList<>());
        months.clear();
      }
      months.add(month);
      chunks.get(chunks.size() - 1).add(report);
    }
    return chunks;
  }

  /** A refused message is divided until only what is invalid is left out. */
  private void send(List<Report> reports) throws IOException, InterruptedException {
    try {
      post(reports, false);
      synchronized (lock) {
        for (Report report : reports) accepted.put(report.key(), report.events());
      }
    } catch (Refused refusal) {
      if (reports.size() > 1) {
        send(reports.subList(0, reports.size() / 2));
        send(reports.subList(reports.size() / 2, reports.size()));
        return;
      }
      Key key = reports.get(0).key();
      synchronized (lock) {
        refused.add(key);
      }
      settings.onError().accept("Counts of " + key.eventType() + " in " + key.hour() + " cannot be reported: " + refusal.getMessage());
    }
  }

  private void post(List<Report> reports, boolean isFinal) throws IOException, InterruptedException {
    StringBuilder listed = new StringBuilder();
    for (Report report : reports)
      listed.append(listed.isEmpty() ? "" : ",").append("{\"eventType\":%s,\"hour\":\"%s\",\"events\":%d}"
          .formatted(quote(report.key().eventType()), report.key().hour(), report.events()));
    String event = """
        {"specversion":"1.0","type":"tidemark.counters.v1","source":"tidemark-jvm","id":"%s","time":"%s",
         "data":{"dc":%s,"stage":"%s","reporter":%s,"epoch":%d%s,"reports":[%s]}}"""
        .formatted(UUID.randomUUID(), Instant.now(), quote(settings.dc()), settings.stage(), quote(settings.reporter()),
            settings.epoch(), isFinal ? ",\"final\":true" : "", listed);
    HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url().replaceAll("/+$", "") + "/api/v1/events"))
        .header("content-type", "application/cloudevents+json")
        .header("authorization", "Bearer " + settings.token())
        .timeout(Duration.ofSeconds(30))
        .POST(BodyPublishers.ofString(event))
        .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    int status = answer.statusCode();
    if (status == 202) return;
    Matcher detail = DETAIL.matcher(answer.body());
    String sentence = "Got status " + status + ", and not from Tidemark. Check the URL.";
    // The last is the fault's own, which follows the problem's.
    while (detail.find()) sentence = detail.group(1);
    // Only Tidemark's own 400 is about the counts. An expired token or a proxy's page are put right, and the counts are still there.
    if (status == 400 && answer.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"))
      throw new Refused(sentence);
    throw new Later(sentence, askedMs(answer));
  }

  private static long askedMs(HttpResponse<?> answer) {
    try {
      long seconds = Long.parseLong(answer.headers().firstValue("retry-after").orElse("0").trim());
      return Math.min(LONGEST_ASKED_MS, Math.max(0, seconds) * 1_000);
    } catch (NumberFormatException date) {
      return 0;
    }
  }

  /** Half of a pause is random, so that a thousand workers do not come back at once. */
  private static long pauseMs(int failures, long asked) {
    long grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 16));
    return Math.max(asked, grown / 2 + ThreadLocalRandom.current().nextLong(grown / 2 + 1));
  }

  /** null if it cannot be reported. Elements without a time of their own have Beam's smallest: no pipeline fails for that. */
  private Key keyOf(String eventType, Instant time, long events) {
    Instant now = Instant.now();
    String fault = faultOf(eventType);
    if (fault != null) return refuse("The event type \"" + printable(eventType) + "\" " + fault);
    if (time == null || time.isBefore(now.minus(OLDEST)) || time.isAfter(now.plus(AHEAD)))
      return refuse("Events of " + eventType + " have times more than 400 days ago or a day ahead, such as " + time + ".");
    if (events < 0 || events > MAX_EVENTS) return refuse("A count of " + eventType + " is " + events + ".");
    return new Key(java.text.Normalizer.normalize(eventType, java.text.Normalizer.Form.NFC), time.toString().substring(0, 13));
  }

  private Key refuse(String sentence) {
    String reason = sentence.replaceAll(", such as .*", "");
    synchronized (lock) {
      if (said.size() > 1_000 || !said.add(reason)) return null;
    }
    settings.onError().accept(sentence + " They are not counted.");
    return null;
  }

  private static String faultOf(String name) {
    if (name == null || name.isEmpty() || name.codePointCount(0, name.length()) > 255) return "must have 1 to 255 characters.";
    if (name.equals(".") || name.equals("..") || !name.equals(name.strip())) return "must not be . or .. or begin or end with a space.";
    return name.codePoints().anyMatch(each -> Character.getType(each) == Character.CONTROL || Character.getType(each) == Character.SURROGATE)
        ? "must not have control characters." : null;
  }

  private static String printable(String text) {
    return text == null ? "" : text.substring(0, Math.min(60, text.length())).replaceAll("\\p{Cntrl}", "?");
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Tidemark cannot accept it, however often it is sent. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String sentence) {
      super(sentence);
    }
  }

  /** It may be accepted later. */
  private static final class Later extends IOException {
    private static final long serialVersionUID = 1;
    final long askedMs;

    Later(String sentence, long askedMs) {
      super(sentence);
      this.askedMs = askedMs;
    }
  }
}
