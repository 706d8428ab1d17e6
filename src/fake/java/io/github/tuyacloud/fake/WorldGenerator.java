package io.github.tuyacloud.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates any number of users, products and devices, the same in every run. */
final class WorldGenerator {
    private static final long SEED = 20_240_229L;
    private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Random random = new Random(SEED);
    private long nextHome = 50_000_000L;

    /** Adds devices, distributed evenly among users and products; every tenth is offline. */
    synchronized void fill(World world, int users, int products, int devices) {
        if (devices > 0 && (users < 1 || products < 1)) {
            throw new IllegalArgumentException("devices need a user and a product");
        }
        List<FakeHome> homes = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            FakeUser user = new FakeUser("eu" + (1_600_000_000_000L + i) + word(5), "User " + i);
            FakeHome home = new FakeHome(nextHome++, "Home " + i, user.uid(), List.of(), List.of());
            world.add(user);
            world.add(home);
            homes.add(home);
        }
        List<FakeProduct> generated = new ArrayList<>();
        for (int i = 0; i < products; i++) {
            FakeProduct product = product(i);
            world.add(product);
            generated.add(product);
        }
        for (int i = 0; i < devices; i++) {
            FakeHome home = homes.get(i % homes.size());
            world.add(FakeDevice.builder("bf" + word(20), generated.get(i % generated.size()))
                    .name(String.format(Locale.ROOT, "Device %05d", i))
                    .uid(home.uid())
                    .homeId(home.homeId())
                    .online(i % 10 != 9)
                    .build());
        }
    }

    private FakeProduct product(int number) {
        FakeProduct model =
                switch (number % 3) {
                    case 0 -> DemoWorld.plug();
                    case 1 -> DemoWorld.lamp();
                    default -> DemoWorld.sensor();
                };
        return new FakeProduct(
                "p" + word(15),
                model.name() + " " + number,
                model.category(),
                model.categoryName(),
                String.format(Locale.ROOT, "M%04d", number),
                model.dataPoints());
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return word.toString();
    }
}
