#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace cortograph::test {

/// An .npy file as numpy.save writes a dictionary {number: name}, with pickle protocol 3;
/// `function` is what it says rebuilds the array.
inline std::string
pickledNames(const std::map<std::int64_t, std::string>& names,
             const std::string& function = "numpy.core.multiarray\n_reconstruct\n") {
  using namespace std::string_literals;
  std::string header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }";
  header.append(117 - header.size(), ' ');
  header += '\n';
  std::string file = "\x93NUMPY\x01\x00"s + static_cast<char>(header.size()) + "\x00"s + header +
                     "\x80\x03"s + "c" + function + "q\x01" + "cnumpy\nndarray\n";
  file += "K\x00\x85"s + "C\x01" + "b\x87R(K\x01)"; // (0,), b"b"; version, shape
  file += "cnumpy\ndtype\nX\x02\x00\x00\x00O8\x89\x88\x87R"s;
  file += "(K\x03X\x01\x00\x00\x00|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb"s;
  file += "\x89]}("; // C order, the list of objects
  for (const auto& [number, name] : names) {
    file += "K" + std::string(1, static_cast<char>(number)) + "X" +
            std::string(1, static_cast<char>(name.size())) + std::string(3, '\0') + name;
  }
  return file + "uatb.";
}

} // namespace cortograph::test
