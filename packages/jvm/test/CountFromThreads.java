import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tidemark.TidemarkCounts;
import tidemark.TidemarkCounts.Settings;
import tidemark.beam.CountEvents;

/** What the tests run: args are what to do, and its settings. URL and token come from the environment. */
public class CountFromThreads {
  private static final String URL = System.getenv("TIDEMARK_URL");
  private static final String TOKEN = System.getenv("TIDEMARK_TOKEN");

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "stream" -> stream(args[1], args[2], args[3]);
      case "batch" -> batch(args[1], args[2], Long.parseLong(args[3]));
      case "beam" -> beam(args[1], args[2]);
      case "faulty" -> faulty(args[1]);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void inThreads(int threads, Runnable work) throws InterruptedException {
    List<Thread> started = new ArrayList<>();
    for (int each = 0; each < threads; each += 1) started.add(new Thread(work));
    started.forEach(Thread::start);
    for (Thread thread : started) thread.join();
  }

  /** 8 threads × 50 bundles × 25 events; every fifth bundle fails half-way and is processed again. */
  private static void stream(String dc, String stage, String hour) throws Exception {
    Settings settings = Settings.of(URL, TOKEN, dc, stage, "stream").flushEvery(Duration.ofMillis(50));
    Instant time = Instant.parse(hour + ":30:00Z");
    try (TidemarkCounts counts = new TidemarkCounts(settings)) {
      inThreads(8, () -> {
        for (int number = 0; number < 50; number += 1) {
          if (number % 5 == 0) {
            TidemarkCounts.Bundle failed = counts.startBundle();
            for (int event = 0; event < 12; event += 1) failed.count("EndSong", time);
          }
          TidemarkCounts.Bundle bundle = counts.startBundle();
          for (int event = 0; event < 25; event += 1) bundle.count("EndSong", time);
          bundle.finish();
        }
      });
    }
    System.out.println("closed");
  }

  /** 10,000 events by two threads, in the name of one reporter; says so when a half is accepted, and goes on until it is killed. */
  private static void batch(String dc, String hour, long epoch) throws Exception {
    Settings settings = Settings.recount(URL, TOKEN, dc, "produced", "batch", epoch).flushEvery(Duration.ofMillis(50));
    Instant time = Instant.parse(hour + ":30:00Z");
    TidemarkCounts counts = new TidemarkCounts(settings);
    for (int half = 0; half < 2; half += 1) {
      inThreads(2, () -> {
        TidemarkCounts.Bundle bundle = counts.startBundle();
        // The first attempt reads some of its input twice.
        bundle.count("EndSong", time, epoch == 1 ? 4_000 : 2_500);
        bundle.finish();
      });
      if (!counts.flush(Duration.ofSeconds(60))) throw new IllegalStateException("not accepted");
      System.out.println("half");
      if (epoch == 1) Thread.sleep(600_000);
    }
    counts.close();
    System.out.println("closed");
  }

  /** CountEvents as a runner would use it: serialized, one copy a thread, bundles of which some fail. */
  private static void beam(String dc, String hour) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(new CountEvents<String>(dc, "delivered", "beam", element -> element));
    AtomicLong passed = new AtomicLong();
    org.joda.time.Instant time = new org.joda.time.Instant(Instant.parse(hour + ":30:00Z").toEpochMilli());
    inThreads(4, () -> {
      try {
        @SuppressWarnings("unchecked")
        CountEvents<String> copy =
            (CountEvents<String>) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        copy.setup();
        for (int bundle = 0; bundle < 10; bundle += 1) {
          copy.startBundle();
          for (int event = 0; event < 20; event += 1) copy.process("EndSong", time, each -> passed.incrementAndGet());
          if (bundle != 3) copy.finishBundle();
        }
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    });
    System.out.println(passed.get());
  }

  /** What cannot be reported stops nothing. */
  private static void faulty(String dc) throws Exception {
    List<String> errors = java.util.Collections.synchronizedList(new ArrayList<>());
    Settings settings = Settings.of(URL, TOKEN, dc, "produced", "faulty").onError(errors::add);
    try (TidemarkCounts counts = new TidemarkCounts(settings)) {
      TidemarkCounts.Bundle bundle = counts.startBundle();
      Instant now = Instant.now();
      System.out.println(bundle.count("", now) + " " + bundle.count("a\nb", now) + " " + bundle.count("Old", Instant.MIN));
      bundle.count("Old", Instant.MIN);
      // Tidemark refuses noncharacters, and this class leaves finding them to it.
      for (String type : List.of("Quote\"\\Type", "bad\uffff", "日本語")) bundle.count(type, now, 3);
      bundle.finish();
    }
    errors.forEach(System.out::println);
  }
}
