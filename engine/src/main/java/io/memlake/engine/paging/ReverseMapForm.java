package io.memlake.engine.paging;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * A reverse map on its way between machines: places, owners and addresses as differences in numbers
 * of variable length. Public only because {@link Externalizable} asks for it.
 */
public final class ReverseMapForm implements Externalizable {
  private static final long serialVersionUID = 1;
  private static final int VERSION = 1;

  private transient ReverseMap map;

  /** For deserialization. */
  public ReverseMapForm() {}

  ReverseMapForm(ReverseMap map) {
    this.map = map;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(map.owners().size());
    for (MappingOwner owner : map.owners()) {
      out.writeInt(owner.pid());
      out.writeLong(owner.dtb());
      out.writeBoolean(owner.kernel());
    }
    out.writeLong(map.dropped());
    int owners = map.owners().size();
    write(out, map.frames(), owners);
    write(out, map.slots(), owners);
    write(out, map.tables(), owners);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new InvalidObjectException("Reverse map of version " + version + ", not " + VERSION);
    }
    int count = in.readInt();
    if (count < 0 || count > MappingTable.MAX_OWNERS) {
      throw new InvalidObjectException("Reverse map with " + count + " owners");
    }
    List<MappingOwner> owners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      owners.add(new MappingOwner(in.readInt(), in.readLong(), in.readBoolean()));
    }
    long dropped = in.readLong();
    map = new ReverseMap(owners, read(in, count), read(in, count), read(in, count), dropped);
  }

  private Object readResolve() {
    return map;
  }

  private static void write(ObjectOutput out, MappingTable table, int owners) throws IOException {
    out.writeInt(table.size());
    long place = 0;
    long[] pages = new long[owners];
    for (int i = 0; i < table.size(); i++) {
      int owner = table.owner(i);
      long page = table.address(i) >> 12;
      writeNumber(out, table.place(i) - place);
      writeNumber(out, owner);
      out.writeByte(table.flags(i));
      writeSigned(out, page - pages[owner]);
      place = table.place(i);
      pages[owner] = page;
    }
  }

  private static MappingTable read(ObjectInput in, int owners) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > ReverseMapBuilder.MAX_PAGES) {
      throw new InvalidObjectException("Reverse map with " + size + " pages");
    }
    MappingTable table = new MappingTable(size);
    long place = 0;
    long[] pages = new long[owners];
    for (int i = 0; i < size; i++) {
      place += readNumber(in);
      long owner = readNumber(in);
      int flags = in.readByte();
      if (place < 0 || place >= MappingTable.MAX_PLACE || owner < 0 || owner >= owners) {
        throw new InvalidObjectException("Reverse map with a page outside its bounds");
      }
      pages[(int) owner] += readSigned(in);
      table.add(place, (int) owner, flags, pages[(int) owner] << 12);
    }
    return table;
  }

  private static void writeSigned(ObjectOutput out, long value) throws IOException {
    writeNumber(out, value << 1 ^ value >> 63);
  }

  private static long readSigned(ObjectInput in) throws IOException {
    long value = readNumber(in);
    return value >>> 1 ^ -(value & 1);
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private static void writeNumber(ObjectOutput out, long value) throws IOException {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.writeByte((int) left | 0x80);
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  private static long readNumber(ObjectInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new InvalidObjectException("Reverse map with a number of more than 64 bits");
  }
}
