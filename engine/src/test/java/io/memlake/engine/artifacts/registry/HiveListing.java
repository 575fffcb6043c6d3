package io.memlake.engine.artifacts.registry;

import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.HiveGap;
import io.memlake.engine.objects.registry.HiveVisitor;
import io.memlake.engine.objects.registry.HiveWalk;
import io.memlake.engine.objects.registry.KeyNode;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.engine.objects.registry.ValueText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a walk through a hive gives, in the words of the tables. */
record HiveListing(List<String> keys, List<String> values, List<String> gaps) {

  static HiveListing of(Hive hive) throws IOException {
    HiveListing listing = new HiveListing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    HiveWalk.walk(
        hive,
        new HiveVisitor() {
          @Override
          public void key(String path, KeyNode key) {
            listing.keys.add(path);
          }

          @Override
          public void value(String path, KeyNode key, ValueNode value) throws IOException {
            byte[] data = hive.data(value, gap -> listing.gaps.add(gap.toString())).bytes();
            String text = ValueText.of(value.type(), data, ValueText.MAX_CHARACTERS).text();
            long type = Integer.toUnsignedLong(value.type());
            listing.values.add(path + "|" + value.name() + "|" + type + "|" + text);
          }

          @Override
          public void gap(String path, HiveGap gap) {
            listing.gaps.add(gap.toString());
          }
        });
    return listing;
  }
}
