;; The inner loops of vector search (src-main/catalog/vector-kernel.ts says what each is given and where memory lies).
;; `node resources/vector-kernel/compile.ts` makes src-main/catalog/vector-kernel-bytes.ts of it.
;; The relaxed instructions are used only where every machine must answer the same: the second operand of a dot
;; product is 0..15, an index of a table 0..15, and no sum of two products leaves 16 bits.
(module
  ;; Two threads look at it (src-main/catalog/vector-thread.ts); none of the loops waits for another.
  (memory (import "kinora" "memory") 1 65536 shared)

  ;; The sum of four 32-bit numbers.
  (func $sum (param $v v128) (result i32)
    (local.set $v (i32x4.add (local.get $v)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (i32.add (i32x4.extract_lane 0 (local.get $v)) (i32x4.extract_lane 1 (local.get $v))))

  ;; float16 -> int16 with 32767 for 1, `count` numbers, a multiple of 8. The bits of a float16, moved 13 places up,
  ;; are a float32 that is 2^112 times too small.
  (func (export "halves") (param $from i32) (param $count i32) (param $to i32)
    (local $end i32) (local $bits v128) (local $low v128) (local $high v128) (local $scale v128) (local $kept v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 1))))
    (local.set $scale (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.const 32767))))
    (local.set $kept (i32x4.splat (i32.const 0x8fffffff)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
      (local.set $bits (v128.load (local.get $from)))
      (local.set $low (f32x4.mul (local.get $scale)
        (v128.and (local.get $kept) (i32x4.shl (i32x4.extend_low_i16x8_s (local.get $bits)) (i32.const 13)))))
      (local.set $high (f32x4.mul (local.get $scale)
        (v128.and (local.get $kept) (i32x4.shl (i32x4.extend_high_i16x8_s (local.get $bits)) (i32.const 13)))))
      (v128.store (local.get $to) (i16x8.narrow_i32x4_s
        (i32x4.trunc_sat_f32x4_s (f32x4.nearest (local.get $low)))
        (i32x4.trunc_sat_f32x4_s (f32x4.nearest (local.get $high)))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br $next))))

  ;; Dot products of int16 vectors of `bytes` bytes (a multiple of 32) with one, as float32 where 32767 * 32767 is 1.
  ;; Of unit vectors no sum leaves 32 bits, by Cauchy and Schwarz.
  (func (export "exact")
    (param $vectors i32) (param $count i32) (param $bytes i32) (param $query i32) (param $out i32)
    (local $a v128) (local $b v128) (local $at i32) (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $vector
      (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
      (local.set $a (v128.const i64x2 0 0))
      (local.set $b (v128.const i64x2 0 0))
      (local.set $at (i32.const 0))
      (loop $part
        (local.set $a (i32x4.add (local.get $a) (i32x4.dot_i16x8_s
          (v128.load (i32.add (local.get $vectors) (local.get $at)))
          (v128.load (i32.add (local.get $query) (local.get $at))))))
        (local.set $b (i32x4.add (local.get $b) (i32x4.dot_i16x8_s
          (v128.load offset=16 (i32.add (local.get $vectors) (local.get $at)))
          (v128.load offset=16 (i32.add (local.get $query) (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br_if $part (i32.lt_u (local.get $at) (local.get $bytes))))
      (f32.store (local.get $out) (f32.div
        (f32.convert_i32_s (call $sum (i32x4.add (local.get $a) (local.get $b))))
        (f32.const 1073676289)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (local.set $vectors (i32.add (local.get $vectors) (local.get $bytes)))
      (br $vector))))

  ;; Signs of 16 vectors at a time: a block has `bytes` bytes, a multiple of 32; each 16 of them hold, for each of the 16
  ;; vectors, the signs of four numbers in the low and of the next four in the high half of its byte. `table` has 16 bytes
  ;; for each four numbers: what each of their 16 signs adds, 0..63, so that four of them fit into a byte. Writes 16 sums of
  ;; 16 bits a block.
  (func (export "signs")
    (param $blocks i32) (param $count i32) (param $bytes i32) (param $table i32) (param $out i32)
    (local $end i32) (local $stop i32) (local $row i32) (local $one v128) (local $two v128) (local $adds v128)
    (local $all v128) (local $odd v128) (local $low v128)
    (local.set $low (i8x16.splat (i32.const 15)))
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 5))))
    (block $done (loop $block
      (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
      (local.set $all (v128.const i64x2 0 0))
      (local.set $odd (v128.const i64x2 0 0))
      (local.set $row (local.get $table))
      (local.set $stop (i32.add (local.get $blocks) (local.get $bytes)))
      (loop $sixteen
        (local.set $one (v128.load (local.get $blocks)))
        (local.set $two (v128.load offset=16 (local.get $blocks)))
        (local.set $adds (i8x16.add
          (i8x16.add
            (i8x16.relaxed_swizzle (v128.load (local.get $row)) (v128.and (local.get $one) (local.get $low)))
            (i8x16.relaxed_swizzle (v128.load offset=16 (local.get $row))
              (v128.and (i16x8.shr_u (local.get $one) (i32.const 4)) (local.get $low))))
          (i8x16.add
            (i8x16.relaxed_swizzle (v128.load offset=32 (local.get $row)) (v128.and (local.get $two) (local.get $low)))
            (i8x16.relaxed_swizzle (v128.load offset=48 (local.get $row))
              (v128.and (i16x8.shr_u (local.get $two) (i32.const 4)) (local.get $low))))))
        ;; Bytes are added as pairs: the upper of a pair once more by itself, to be taken away at the end.
        (local.set $all (i16x8.add (local.get $all) (local.get $adds)))
        (local.set $odd (i16x8.add (local.get $odd) (i16x8.shr_u (local.get $adds) (i32.const 8))))
        (local.set $row (i32.add (local.get $row) (i32.const 64)))
        (local.set $blocks (i32.add (local.get $blocks) (i32.const 32)))
        (br_if $sixteen (i32.lt_u (local.get $blocks) (local.get $stop))))
      (local.set $all (i16x8.sub (local.get $all) (i16x8.shl (local.get $odd) (i32.const 8))))
      (v128.store (local.get $out)
        (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $all) (local.get $odd)))
      (v128.store offset=16 (local.get $out)
        (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $all) (local.get $odd)))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (br $block))))

  ;; Which of `count` sums (16 bits) are worth at least `least`: factor x (low + unit x sum), a factor each. Writes the
  ;; numbers of those, the first being `first`, and answers how many. May read three sums and factors too many.
  (func (export "above")
    (param $sums i32) (param $factors i32) (param $count i32) (param $first i32)
    (param $low f32) (param $unit f32) (param $least f32) (param $out i32) (result i32)
    (local $at i32) (local $mask i32) (local $to i32)
    (local $lows v128) (local $units v128) (local $leasts v128)
    (local.set $lows (f32x4.splat (local.get $low)))
    (local.set $units (f32x4.splat (local.get $unit)))
    (local.set $leasts (f32x4.splat (local.get $least)))
    (local.set $to (local.get $out))
    (block $done (loop $four
      (br_if $done (i32.ge_u (local.get $at) (local.get $count)))
      (local.set $mask (i32x4.bitmask (f32x4.ge
        (f32x4.mul
          (v128.load (i32.add (local.get $factors) (i32.shl (local.get $at) (i32.const 2))))
          (f32x4.add (local.get $lows) (f32x4.mul (local.get $units) (f32x4.convert_i32x4_u
            (v128.load16x4_u (i32.add (local.get $sums) (i32.shl (local.get $at) (i32.const 1))))))))
        (local.get $leasts))))
      (if (i32.gt_u (i32.add (local.get $at) (i32.const 4)) (local.get $count)) (then
        (local.set $mask (i32.and (local.get $mask) (i32.sub
          (i32.shl (i32.const 1) (i32.sub (local.get $count) (local.get $at))) (i32.const 1))))))
      (block $none (loop $one
        (br_if $none (i32.eqz (local.get $mask)))
        (i32.store (local.get $to) (i32.add (local.get $first)
          (i32.add (local.get $at) (i32.ctz (local.get $mask)))))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
        (br $one)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $four)))
    (i32.shr_u (i32.sub (local.get $to) (local.get $out)) (i32.const 2)))

  ;; Sums of 4-bit codes, each times its int8 weight, of the vectors whose numbers `list` has. A vector has `bytes`
  ;; bytes, a multiple of 32; each 16 of them hold 16 codes in their low halves and the next 16 in their high halves.
  ;; `weights` has one byte for each code, in that order. Writes sums of 32 bits. The list's vectors lie apart, and one
  ;; alone waits for memory four times: 16 vectors are touched at once before they are summed (three times as fast).
  (func (export "nibbles")
    (param $list i32) (param $count i32) (param $codes i32) (param $bytes i32) (param $weights i32) (param $out i32)
    (local $end i32) (local $some i32) (local $ahead i32) (local $touched i32)
    (local $at i32) (local $stop i32) (local $weight i32)
    (local $sum v128) (local $one v128) (local $two v128) (local $low v128)
    (local.set $low (i8x16.splat (i32.const 15)))
    (local.set $end (i32.add (local.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $some (local.get $list))
    (block $done (loop $vector
      (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
      (if (i32.eq (local.get $list) (local.get $some)) (then
        (local.set $ahead (local.get $list))
        (local.set $some (i32.add (local.get $list) (i32.const 64)))
        (if (i32.gt_u (local.get $some) (local.get $end)) (then (local.set $some (local.get $end))))
        (loop $touch
          (local.set $at (i32.add (local.get $codes) (i32.mul (i32.load (local.get $ahead)) (local.get $bytes))))
          (local.set $stop (i32.add (local.get $at) (local.get $bytes)))
          (loop $line
            (local.set $touched (i32.add (local.get $touched) (i32.load8_u (local.get $at))))
            (local.set $at (i32.add (local.get $at) (i32.const 64)))
            (br_if $line (i32.lt_u (local.get $at) (local.get $stop))))
          (local.set $ahead (i32.add (local.get $ahead) (i32.const 4)))
          (br_if $touch (i32.lt_u (local.get $ahead) (local.get $some))))
        ;; Used, so that no compiler leaves it out; the sum of this vector takes its place.
        (i32.store (local.get $out) (local.get $touched))))
      (local.set $at (i32.add (local.get $codes) (i32.mul (i32.load (local.get $list)) (local.get $bytes))))
      (local.set $stop (i32.add (local.get $at) (local.get $bytes)))
      (local.set $weight (local.get $weights))
      (local.set $sum (v128.const i64x2 0 0))
      (loop $part
        (local.set $one (v128.load (local.get $at)))
        (local.set $two (v128.load offset=16 (local.get $at)))
        (local.set $sum (i32x4.add (local.get $sum) (i32x4.extadd_pairwise_i16x8_s (i16x8.add
          (i16x8.add
            (i16x8.relaxed_dot_i8x16_i7x16_s (v128.load (local.get $weight))
              (v128.and (local.get $one) (local.get $low)))
            (i16x8.relaxed_dot_i8x16_i7x16_s (v128.load offset=16 (local.get $weight))
              (v128.and (i16x8.shr_u (local.get $one) (i32.const 4)) (local.get $low))))
          (i16x8.add
            (i16x8.relaxed_dot_i8x16_i7x16_s (v128.load offset=32 (local.get $weight))
              (v128.and (local.get $two) (local.get $low)))
            (i16x8.relaxed_dot_i8x16_i7x16_s (v128.load offset=48 (local.get $weight))
              (v128.and (i16x8.shr_u (local.get $two) (i32.const 4)) (local.get $low))))))))
        (local.set $weight (i32.add (local.get $weight) (i32.const 64)))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br_if $part (i32.lt_u (local.get $at) (local.get $stop))))
      (i32.store (local.get $out) (call $sum (local.get $sum)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (local.set $list (i32.add (local.get $list) (i32.const 4)))
      (br $vector)))))
